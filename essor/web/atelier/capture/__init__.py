"""The atelier: capture."""
