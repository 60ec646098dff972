"""Projects that answer needs, from the idea to what was done."""
