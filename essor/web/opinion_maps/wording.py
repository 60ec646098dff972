"""The map of opinions in sentences: why so many groups, who is in none, how sure it is."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.web.typography import nombre

STABLE, FAIR = 0.75, 0.5  # Jaccard index of a group (Hennig 2007)


def group_label(name: str, letter: str) -> str:
    """The name somebody gave, or a letter until then."""
    return name or _("Groupe %(letter)s") % {"letter": letter}


def side_words(direction: str) -> str:
    return _("d’accord") if direction == "agree" else _("pas d’accord")


def number_words(because: str) -> str:
    """How the number of groups was settled."""
    return {
        "asked": _("Ce nombre de groupes a été demandé."),
        "best": _("Ce nombre de groupes sépare le mieux les personnes : d’autres nombres ont été essayés."),
        "kept": _("Ce nombre est celui de la carte d’avant : un autre ne fait pas nettement mieux."),
        "one_group": _("Aucun partage ne donne que des groupes assez grands : il n’y en a qu’un."),
        "no_difference": _("Les personnes votent de la même façon : il n’y a qu’un groupe."),
        "too_few": _("Il y a encore trop peu de personnes pour former plusieurs groupes."),
    }.get(because, "")


def aside_words(why: str, count: int, least_votes: int) -> str:
    """How many are not in a group, and why."""
    told = {"n": nombre(count), "least": nombre(least_votes)}
    if why == "no_vote":
        return (
            ngettext("%(n)s personne n’a pas encore voté.", "%(n)s personnes n’ont pas encore voté.", count)
            % told
        )
    if why == "few_votes":
        return (
            ngettext(
                "%(n)s personne a voté moins de %(least)s fois : sa place serait trop incertaine.",
                "%(n)s personnes ont voté moins de %(least)s fois : leur place serait trop incertaine.",
                count,
            )
            % told
        )
    if why == "too_few_people":
        return (
            ngettext(
                "%(n)s personne n’est dans aucun groupe : il faut être plus nombreux pour en former.",
                "%(n)s personnes ne sont dans aucun groupe : il faut être plus nombreux pour en former.",
                count,
            )
            % told
        )
    return (
        ngettext(
            "%(n)s personne serait dans un groupe trop petit pour être montré sans la reconnaître.",
            "%(n)s personnes seraient dans un groupe trop petit pour être montré sans les reconnaître.",
            count,
        )
        % told
    )


def steadiness_words(value: float | None) -> str:
    """How well a group holds when a part of the votes is left out."""
    if value is None:
        return _("solidité non mesurée")
    if value >= STABLE:
        return _("groupe solide")
    return _("groupe assez solide") if value >= FAIR else _("groupe fragile : à lire avec prudence")


def stability_words(stability: dict[str, Any] | None) -> str:
    """How well the whole map holds."""
    if stability is None:
        return _("La solidité ne se mesure qu’avec plusieurs groupes.")
    overall = stability["overall"]
    if overall >= STABLE:
        return _("La carte est solide : sans une partie des votes, presque tout le monde reste ensemble.")
    if overall >= FAIR:
        return _("La carte tient assez bien : sans une partie des votes, la plupart restent ensemble.")
    return _(
        "La carte est fragile : sans une partie des votes, les groupes changent. Lisez-la avec prudence."
    )


def chance_words(p: float, *, certain: bool) -> str:
    """The test of a statement, after correction, in plain words."""
    if not certain:
        return _("Le hasard suffirait à l’expliquer : ce n’est pas sûr.")
    if p < 0.001:
        return _("Le hasard donnerait un tel écart moins d’une fois sur mille.")
    return _("Le hasard donnerait un tel écart environ %(n)s fois sur mille.") % {
        "n": nombre(max(1, round(1000 * p)))
    }
