"""The directory of actors, for everybody."""
