"""Pictures drawn as SVG with their text twin: pure functions, no database."""
