"""The public pages of listening."""
