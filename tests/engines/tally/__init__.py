"""Decisions counted exactly."""
