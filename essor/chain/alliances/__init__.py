"""Alliances: who sits around the table, who brings what, and whether it was kept."""
