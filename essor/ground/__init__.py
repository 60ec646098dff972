"""The ground: who, where, what happened, what was told."""
