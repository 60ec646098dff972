"""The sentences that tell, in plain words, how a decision was counted and what is wrong with a vote."""

from collections.abc import Iterator

from essor.console.words import _
from essor.engines.tally.errors import TallyError
from essor.engines.tally.result import Step, Tally, plain


def report(found: Tally) -> str:
    """What the terminal shows: the result, each step with its figures, and the other conventions."""
    return "\n".join(_lines(found))


def _lines(found: Tally) -> Iterator[str]:
    yield outcome_words(found.outcome)
    if found.winner is not None:
        yield _("Choix retenu : %(name)s") % {"name": found.winner}
    if found.share_yes is not None:
        yield _("Part favorable : %(share)s") % {"share": found.share_yes}
    for place, row in enumerate(found.ranking, start=1):
        yield f"  {place}. {', '.join(row)}"
    yield _("Étapes :")
    for step in found.steps:
        yield f"  {step_title(step.code)} {_figures(step)}".rstrip()
    if found.elsewhere:
        yield _("Pour information, avec une autre convention :")
    for each in found.elsewhere:
        told = f"{each.parameter} = {each.value} : {outcome_words(each.outcome)}"
        shares = [str(each.share_yes)] if each.share_yes is not None else []
        yield "  " + " ; ".join([told, *shares, *([each.winner] if each.winner else [])])


def _figures(step: Step) -> str:
    return " · ".join(
        f"{name} {plain(value)}" for name, value in step.figures.items() if value not in ("", None)
    )


def outcome_words(code: str) -> str:
    """What the count ended with."""
    return {
        "adopted": _("La proposition est adoptée."),
        "rejected": _("La proposition n’est pas adoptée."),
        "chosen": _("Un choix est retenu."),
        "tied": _("Plusieurs choix sont à égalité : rien ne change."),
        "no_quorum": _("Le quorum n’est pas atteint : rien n’est décidé."),
        "to_review": _("Un collège n’a pas voté : à vous de décider de ce que devient son poids."),
    }[code]


def step_title(code: str) -> str:
    """What a step did."""
    return {
        "people": _("Votes reçus."),
        "quorum": _("Quorum."),
        "votes": _("Voix comptées."),
        "college_proportional": _("Collège : son poids est partagé selon ses voix."),
        "college_bloc": _("Collège : tout son poids va à sa majorité."),
        "college_silent": _("Collège sans voix exprimée."),
        "sum": _("Somme des poids favorables."),
        "threshold": _("Comparaison au seuil."),
        "nobody_spoke": _("Personne n’a dit oui ni non."),
        "review": _("Les règles données ne suffisent pas à décider."),
        "objection": _("Objection."),
        "consent": _("Objections qui demeurent."),
        "grades": _("Mentions et mention majoritaire."),
        "separated": _("Même mention : départage en retirant les mentions médianes."),
        "approvals": _("Approbations."),
        "points": _("Points et moyenne exacte."),
        "duels": _("Duels deux à deux."),
        "condorcet": _("Choix qui gagne tous ses duels."),
        "paths": _("Chemins les plus forts."),
        "ranking": _("Classement."),
        "tie": _("Égalité : la règle choisie avant le vote s’applique."),
        "result": _("Résultat."),
    }[code]


def problem_words(problem: TallyError) -> str:
    """One line: the field, what is wrong, and the mend."""
    told = {
        "BadRule": _("« %(value)s » ne convient pas : corrigez cette valeur."),
        "UnknownRule": _("« %(value)s » n’existe pas : écrivez l’un de %(known)s."),
        "NoBallots": _("rien à compter : donnez au moins un bulletin."),
        "DuplicateBallot": _("le bulletin « %(id)s » est déjà là : n’en gardez qu’un."),
        "UnknownCollege": _("le collège « %(value)s » n’existe pas : écrivez l’un de %(known)s."),
        "UnknownChoice": _("le choix « %(value)s » n’existe pas : écrivez l’un de %(known)s."),
        "RepeatedChoice": _("« %(value)s » y est deux fois : ne le gardez qu’une fois."),
        "UnknownGrade": _("« %(value)s » n’est pas sur l’échelle : écrivez l’un de %(known)s."),
        "MissingGrade": _("« %(value)s » n’a pas de mention : donnez-en une."),
        "BadWeights": _("la somme des poids est %(sum)s : elle doit être exactement 1."),
        "UnreachableQuorum": _("%(needed)d personnes demandées, %(eligible)d peuvent voter : baissez-le."),
        "BadObjection": _("l’objection « %(objection)s » ne peut pas passer à « %(act)s » à ce moment."),
    }[type(problem).__name__]
    return _("Champ « %(field)s » :") % {"field": problem.where} + " " + told % problem.figures
