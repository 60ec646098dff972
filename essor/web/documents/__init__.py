"""Published documents."""
