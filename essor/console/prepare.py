"""Brings the database to the present shape: migrations and the shared cache table."""

import argparse

from django.core.management import call_command

from essor.console.words import _


def prepare(arguments: list[str]) -> int:
    """Migrate and create what Essor keeps in the database. Safe to run again at any time."""
    argparse.ArgumentParser("essor prepare", description=_("Met la base de données à jour.")).parse_args(
        arguments
    )
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    print(_("La base de données est à jour."))
    return 0
