"""Maps of opinions: where people agree and where they part, drawn from their votes on statements."""
