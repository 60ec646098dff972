"""Pages that explain a method."""
