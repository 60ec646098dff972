"""The synthesis engine, seen from outside."""
