"""How it is computed, try it."""
