"""The essor command and the demonstration territory."""
