"""The maps of opinions, to read: groups, what they share, what divides them, and where one stands."""
