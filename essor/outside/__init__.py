"""What comes from outside: one file per format or source, frozen dataclasses out, no model."""
