"""The atelier: alliances."""
