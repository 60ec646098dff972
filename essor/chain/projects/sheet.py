"""The sections of a project's sheet, in their order: what each asks, in plain words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """One section: its key in the tables, its title, the question it answers, a word of help."""

    key: str
    title: str | Promise
    question: str | Promise
    help: str | Promise = ""


SECTIONS: tuple[Section, ...] = (
    Section("why", _("Pourquoi"), _("Qu’est-ce qui manque aujourd’hui, et à qui ?")),
    Section("whom", _("Pour qui, avec qui"), _("Qui en profitera, et qui décide avec vous ?")),
    Section("what", _("Ce que nous ferons"), _("Concrètement, que verra-t-on dans un an ?")),
    Section(
        "how",
        _("Comment cela vit"),
        _("D’où viendra l’argent, qui fera le travail, et que se passe-t-il la troisième année ?"),
    ),
    Section(
        "needs", _("Ce qu’il nous faut"), _("Lieu, matériel, savoir-faire, argent : que cherchez-vous ?")
    ),
    Section(
        "risks", _("Ce qui peut rater"), _("Qu’est-ce qui pourrait mal tourner, et que ferez-vous alors ?")
    ),
    Section("proof", _("Comment on saura"), _("À quoi verra-t-on que cela change quelque chose ?")),
)
BY_KEY = {section.key: section for section in SECTIONS}
