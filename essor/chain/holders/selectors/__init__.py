"""Reading the log of those who are met."""
