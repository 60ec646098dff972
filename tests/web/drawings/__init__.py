"""Drawings: well-formed, twice said, the same twice."""
