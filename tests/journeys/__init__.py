"""Acts over several links, end to end."""
