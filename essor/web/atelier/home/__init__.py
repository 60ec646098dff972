"""The atelier: home."""
