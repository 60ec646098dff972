"""Verbs that carry something from one step of the chain to the next."""
