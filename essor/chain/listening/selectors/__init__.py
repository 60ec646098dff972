"""Reads of listening, one file per question."""
