"""The atelier: syntheses."""
