"""Consultations and the voices they gather."""
