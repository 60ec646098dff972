"""Meetings, interviews, workshops and seminars, with their minutes."""
