"""Projects, for everybody and for their teams."""
