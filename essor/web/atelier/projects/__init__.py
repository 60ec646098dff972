"""The atelier: projects."""
