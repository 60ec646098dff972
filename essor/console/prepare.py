"""Brings an installation to the present version: tables, shared cache, and static files in production."""

import argparse

from django.conf import settings
from django.core.management import call_command

from essor.console.words import _


def prepare(arguments: list[str]) -> int:
    """Migrate, create the shared cache, gather static files. Safe to run again at any time."""
    argparse.ArgumentParser("essor prepare", description=_("Met la base de données à jour.")).parse_args(
        arguments
    )
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"]:
        call_command("collectstatic", verbosity=0, interactive=False)
    print(_("La base de données est à jour."))
    return 0
