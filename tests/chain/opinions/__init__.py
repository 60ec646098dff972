"""Opinion votes."""
