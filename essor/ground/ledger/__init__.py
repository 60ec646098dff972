"""What happened and what came from what: facts and links, append-only."""
