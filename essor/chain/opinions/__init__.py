"""Short statements put to the vote of everybody, and the map of where people agree."""
