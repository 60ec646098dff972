"""`essor communes`: prepares the communes of France, once, from the data package installed at set-up."""

import argparse
import sys
import time

from essor.console.words import _
from essor.outside.geo import communes_file, is_installed, search, source
from essor.outside.geo_build import SourceNotInstalled, build_communes


def communes(arguments: list[str]) -> int:
    """Build the file (again with --force), or look a commune up with --search."""
    parser = argparse.ArgumentParser("essor communes", description=_("Prépare les communes de France."))
    parser.add_argument("--force", action="store_true", help=_("refait le fichier même s’il existe"))
    parser.add_argument(
        "--search", metavar=_("NOM"), help=_("cherche une commune par son nom ou son code postal")
    )
    options = parser.parse_args(arguments)
    if not is_installed() or options.force:
        try:
            _build()
        except SourceNotInstalled as problem:
            print(f"essor : {problem}", file=sys.stderr)
            return 1
    elif not options.search:
        print(_("Les communes sont déjà prêtes : %(file)s") % {"file": communes_file()})
        print(source()["source"])
    return _show(options.search) if options.search else 0


def _build() -> None:
    start = time.perf_counter()
    count = build_communes()
    figures = {
        "count": count,
        "seconds": f"{time.perf_counter() - start:.1f}",
        "megabytes": f"{communes_file().stat().st_size / 1e6:.1f}",
    }
    print(_("%(count)s communes prêtes en %(seconds)s s (%(megabytes)s Mo).") % figures)


def _show(text: str) -> int:
    found = search(text)
    for commune in found:
        population = "" if commune.population is None else f"{commune.population:>9}"
        print(f"{commune.code}  {population:>9}  {commune.name}  {', '.join(commune.postcodes[:4])}")
    if not found:
        print(_("Aucune commune ne correspond à « %(text)s ».") % {"text": text})
    return 0 if found else 1
