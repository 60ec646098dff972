"""Pages of the atelier."""
