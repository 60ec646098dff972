"""Starting afresh: only when nobody but the demonstration would lose anything.

The ledger cannot be emptied, on purpose; so the whole database is made again.
"""

from pathlib import Path

from django.core.management import call_command
from django.db import connection

from essor.console.demo.cast import addresses
from essor.console.demo.story import story
from essor.console.words import _
from essor.ground.documents.models import DocumentVersion
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

SHOWN = 3


class NotOnlyTheDemo(Exception):
    """Somebody would lose something; the message says who and what to do."""


def check_only_the_demo() -> None:
    """Refuse when there is a territory or an account that the demonstration did not make."""
    ours = {story()["territory"]["slug"], story()["neighbour"]["slug"]}
    strangers = [str(each) for each in Territory.objects.exclude(slug__in=ours)]
    strangers += Person.objects.exclude(email__in=addresses()).values_list("email", flat=True)
    if strangers:
        raise NotOnlyTheDemo(
            _(
                "La base contient autre chose que la démonstration (%(what)s) : rien n’est effacé. "
                "Choisissez une autre base avec ESSOR_VAR ou DATABASE_URL."
            )
            % {"what": ", ".join(strangers[:SHOWN]) + ("…" if len(strangers) > SHOWN else "")}
        )


def start_afresh() -> None:
    """Make the database again, empty, and forget the files of the demonstration."""
    check_only_the_demo()
    for version in DocumentVersion.objects.all():
        version.file.delete(save=False)
    if connection.vendor == "sqlite":
        _remove_file()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _remove_file() -> None:
    name = str(connection.settings_dict["NAME"])
    connection.close()
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(name + ending).unlink(missing_ok=True)
