"""Writing challenges."""
