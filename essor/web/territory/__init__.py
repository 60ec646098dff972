"""The home page of a territory."""
