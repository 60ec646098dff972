"""Reading bodies, assemblies, resolutions and their registers."""
