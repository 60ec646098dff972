"""Writes of listening, one file per noun."""
