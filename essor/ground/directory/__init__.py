"""Who can do what: the actors of a territory, what they offer and what they seek."""
