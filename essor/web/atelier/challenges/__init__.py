"""The atelier: challenges."""
