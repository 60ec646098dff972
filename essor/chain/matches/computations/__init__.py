"""The door to the engine of introductions."""

from essor.chain.matches.computations.run import NothingToMatch, compute, store

__all__ = ["NothingToMatch", "compute", "store"]
