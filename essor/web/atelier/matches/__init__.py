"""The atelier: introductions."""
