"""Challenges, for everybody."""
