"""The front door: list of territories, about, legal pages."""
