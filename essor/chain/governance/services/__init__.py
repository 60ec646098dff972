"""Writing bodies, assemblies, resolutions and ballots."""
