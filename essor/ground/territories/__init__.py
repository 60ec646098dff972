"""Territories, their perimeter and their themes."""
