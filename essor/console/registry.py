"""The table of commands: each is a dotted name, loaded only when it is called.

That is how `essor synthesise` starts without Django and without the web. A new command is one line
here and one function `(arguments: list[str]) -> int` in a module of its own; the number returned is
the exit code: 0 done, 1 could not be done (and why was said), 2 misused.
"""

import importlib.util
from dataclasses import dataclass

from essor.console.words import _


@dataclass(frozen=True)
class Command:
    """One subcommand: where it is, what it does in a line, and whether it needs the database."""

    name: str
    module: str
    function: str
    summary: str
    needs_django: bool = True

    @property
    def is_here(self) -> bool:
        """Whether its module exists in this installation."""
        try:
            return importlib.util.find_spec(self.module) is not None
        except ModuleNotFoundError:
            return False


COMMANDS = (
    Command("serve", "essor.console.serve", "serve", _("sert le site et fait travailler les tâches"), False),
    Command("worker", "essor.console.worker", "worker", _("fait travailler les tâches de fond")),
    Command("demo", "essor.console.demo.command", "demo", _("construit le territoire de démonstration")),
    Command("import", "essor.console.import_voices", "import_voices", _("importe des voix d’un autre outil")),
    Command(
        "synthesise",
        "essor.console.synthesise",
        "synthesise",
        _("range des textes par thèmes, depuis un fichier"),
        False,
    ),
    Command(
        "map",
        "essor.console.opinion_map",
        "draw",
        _("dessine une carte des opinions, depuis des votes"),
        False,
    ),
    Command("tally", "essor.console.tally", "tally", _("dépouille une décision, depuis un fichier"), False),
    Command("communes", "essor.console.communes", "communes", _("prépare les communes de France"), False),
    Command("open", "essor.console.open_territory", "open_territory", _("ouvre un territoire")),
    Command("prepare", "essor.console.prepare", "prepare", _("met la base de données à jour")),
    Command("backup", "essor.console.backup", "backup", _("sauvegarde la base de données")),
    Command("shots", "essor.console.shots", "shots", _("prend les images de la documentation"), False),
    Command("manage", "essor.console.manage", "manage", _("donne accès aux commandes de Django")),
)


def find(name: str) -> Command | None:
    """The command of that name, if it is in this installation."""
    return next((each for each in COMMANDS if each.name == name and each.is_here), None)
