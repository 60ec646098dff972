"""The atelier: the directory of actors."""
