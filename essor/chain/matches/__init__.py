"""Introductions that the platform proposes, with their reasons, and what people answer."""
