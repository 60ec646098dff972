"""The door to the engine of opinion maps: drawing and comparing are for jobs, places for pages."""
