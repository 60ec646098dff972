"""A copy of the database that is whole even while the site is running."""

import argparse
import sys
from pathlib import Path

from django.db import connection

from essor.console.words import _


def backup(arguments: list[str]) -> int:
    """Write a consistent copy of an SQLite database; for PostgreSQL say which command does it."""
    parser = argparse.ArgumentParser(
        "essor backup", description=_("Sauvegarde la base de données, même pendant que le site est servi.")
    )
    parser.add_argument(
        "out", type=Path, metavar="OUT", help=_("le fichier à écrire ; il ne doit pas exister")
    )
    out: Path = parser.parse_args(arguments).out
    if connection.vendor != "sqlite":
        print(
            _(
                "Avec PostgreSQL, utilisez son propre outil : "
                'pg_dump --format=custom --file=%(out)s "$DATABASE_URL"'
            )
            % {"out": out},
            file=sys.stderr,
        )
        return 1
    if out.exists():
        print(_("« %(out)s » existe déjà : choisissez un autre nom.") % {"out": out}, file=sys.stderr)
        return 1
    if not out.parent.is_dir():
        print(_("Le dossier « %(folder)s » n’existe pas.") % {"folder": out.parent}, file=sys.stderr)
        return 1
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(out)])
    print(
        _("Sauvegardé dans %(out)s (%(size)s Mo). Pensez aussi au dossier des documents déposés.")
        % {"out": out, "size": f"{out.stat().st_size / 1e6:.1f}"}
    )
    return 0
