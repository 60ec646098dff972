"""Writing: needs and their evidence, syntheses and their curation, codes by hand."""
