"""Meetings to come and past, for everybody."""
