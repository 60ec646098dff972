"""Writing projects."""
