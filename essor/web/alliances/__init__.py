"""Alliances, for everybody and for their members."""
