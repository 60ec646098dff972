"""Reading across tables: groups with their figures, codes with their counts, needs with their voices."""
