"""The public pages of opinion votes."""
