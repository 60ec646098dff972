"""Choosing one thing among thousands in a form: a need, a project, an actor, somebody of the team."""
