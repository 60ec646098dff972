"""Opens a territory and gives its administrator a link to come in: the first thing to do on a new machine."""

import argparse
import sys
from pathlib import Path

from django.urls import reverse

from essor.console.words import _
from essor.ground.people.models import Person
from essor.ground.people.services.accounts import make_sign_in_link, open_account
from essor.ground.territories.perimeter import read_perimeter
from essor.ground.territories.services import TerritoryRefused
from essor.journeys.open_territory import open_territory as open_it
from essor.outside.mail import absolute


def open_territory(arguments: list[str]) -> int:
    """`essor open "Val-de-Lume" --email vous@exemple.org --communes communes.txt`."""
    asked = _parser().parse_args(arguments)
    reading = read_perimeter(Path(asked.communes).read_text(encoding="utf-8-sig") if asked.communes else "")
    if reading.errors:
        print("\n".join(reading.errors), file=sys.stderr)
        return 1
    person = Person.objects.filter(email__iexact=asked.email).first() or open_account(email=asked.email)
    try:
        territory = open_it(
            by=person,
            name=asked.name,
            slug=asked.slug,
            communes=reading.communes,
            is_listed=not asked.hidden,
        )
    except TerritoryRefused as refused:
        print(str(refused), file=sys.stderr)
        return 1
    link = absolute(reverse("sign_in_link_use", args=[make_sign_in_link(person=person)]))
    print(_("« %(name)s » est ouvert : %(url)s") % {
        "name": territory.name, "url": absolute(territory.get_absolute_url())
    })  # fmt: skip
    print(_("Pour entrer (une fois, pendant quinze minutes) : %(url)s") % {"url": link})
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("essor open", description=_("Ouvre un territoire."))
    parser.add_argument("name", help=_("son nom"))
    parser.add_argument("--email", required=True, help=_("l’adresse de qui l’administre"))
    parser.add_argument("--slug", default="", help=_("son adresse courte (tirée du nom sinon)"))
    parser.add_argument("--communes", default="", help=_("un fichier d’une commune par ligne, code ou nom"))
    parser.add_argument("--hidden", action="store_true", help=_("ne pas le montrer sur l’accueil"))
    return parser
