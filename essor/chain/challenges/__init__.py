"""Challenges launched by inhabitants: learn, create, act."""
