"""Persons, organisations, memberships and roles."""
