"""From many free texts to a few readable groups: normalise, weigh, group, name, quote, and say how sure."""
