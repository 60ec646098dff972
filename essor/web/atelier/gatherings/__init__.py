"""The atelier: gatherings."""
