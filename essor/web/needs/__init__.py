"""Needs and their evidence, for everybody."""
