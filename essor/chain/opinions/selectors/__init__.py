"""Reads of opinions, one file per question."""
