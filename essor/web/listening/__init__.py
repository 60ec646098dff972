"""Consultations and voices, for everybody."""
