"""The engine of introductions."""
