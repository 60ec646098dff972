"""Writes of opinions, one file per noun."""
