"""The public site and the atelier."""
