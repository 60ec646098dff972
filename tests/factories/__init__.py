"""Factories of things for the tests, one file per app."""
