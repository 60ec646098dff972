"""Pure mathematics: arrays in, explained results out; no Django, no clock, no network."""
