"""Asking for introductions, computing them, answering them."""
