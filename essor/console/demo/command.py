"""`essor demo build`: builds the demonstration once, and says who to log in as."""

import argparse
import sys
import time

from django.conf import settings

from essor.console.demo.build import build
from essor.console.demo.cast import everybody, is_built
from essor.console.demo.scene import say
from essor.console.demo.story import story
from essor.console.demo.wipe import NotOnlyTheDemo, start_afresh
from essor.console.words import _
from essor.ground.people.enums import Role


def demo(arguments: list[str]) -> int:
    """Build the demonstration, unless it is there already; then show the table of who is who."""
    parser = argparse.ArgumentParser("essor demo", description=_("Construit le territoire de démonstration."))
    acts = parser.add_subparsers(dest="act", required=True, metavar=_("ACTE"))
    builds = acts.add_parser("build", help=_("construit le Val-de-Lume, territoire inventé"))
    builds.add_argument(
        "--fresh", action="store_true", help=_("efface la démonstration présente et la refait")
    )
    acts.add_parser("who", help=_("rappelle qui peut se connecter"))
    options = parser.parse_args(arguments)
    if options.act == "who":
        return _who()
    if options.fresh:
        try:
            start_afresh()
        except NotOnlyTheDemo as refused:
            print(f"essor : {refused}", file=sys.stderr)
            return 1
    _build()
    return _who()


def _build() -> None:
    if is_built():
        say(_("La démonstration est déjà construite (« --fresh » la refait)."))
        return
    start = time.perf_counter()
    say(_("Construction du Val-de-Lume, territoire inventé :"))
    scene = build()
    say(
        _("%(voices)s voix, %(seconds)s secondes.")
        % {"voices": len(scene.voices), "seconds": round(time.perf_counter() - start)}
    )


def _who() -> int:
    if not is_built():
        say(_("La démonstration n’est pas construite : lancez « essor demo build »."))
        return 1
    people = everybody()
    width = max(len(each["email"]) for each in people)
    roles = {each: str(Role(each).label) for each in Role.values}
    wide = max(len(label) for label in roles.values())
    say()
    say(_("Mot de passe de toutes et tous : %(password)s") % {"password": story()["password"]})
    say()
    for each in people:
        say(f"  {each['email'].ljust(width)}  {roles[each['role']].ljust(wide)}  {each['says']}")
        say(f"  {' ' * width}  {' ' * wide}  → {each['first']}")
    say()
    address = f"{settings.SITE_URL.rstrip('/')}/t/{story()['territory']['slug']}/"
    say(_("Commencez ici : %(address)s") % {"address": address})
    return 0
