"""What one was told, and how to be told less."""
