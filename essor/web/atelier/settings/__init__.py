"""The atelier: settings."""
