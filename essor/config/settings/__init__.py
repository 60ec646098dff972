"""Settings: base, then dev, prod and test."""
