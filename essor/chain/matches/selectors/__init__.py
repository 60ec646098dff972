"""Reading introductions."""
