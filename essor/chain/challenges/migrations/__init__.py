"""Migrations, named in words."""
