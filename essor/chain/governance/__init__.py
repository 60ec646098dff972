"""Governance: bodies, colleges, mandates, assemblies, what they decide and how it was counted."""
