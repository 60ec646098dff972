"""Telling people, as little as they can bear."""
