"""Essor: from any voice to what became of it."""
