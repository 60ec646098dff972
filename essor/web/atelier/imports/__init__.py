"""The atelier: imports."""
