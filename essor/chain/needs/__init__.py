"""Syntheses of voices, and the needs they bring out."""
