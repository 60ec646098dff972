"""The atelier: documents."""
