"""The atelier: needs."""
