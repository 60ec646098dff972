"""Reading alliances, and the whole chain below them."""
