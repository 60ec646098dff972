"""Syntheses, codes and needs."""
