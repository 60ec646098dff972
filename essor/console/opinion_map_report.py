"""The report of a map of opinions: one HTML file that one can read, print, send, and keep."""

from collections.abc import Iterable, Mapping
from html import escape

from essor.console.french import spaced
from essor.console.opinion_map_drawing import drawing, size_words
from essor.console.opinion_map_style import GROUPS, STYLE
from essor.console.opinion_map_words import (
    FEW,
    direction_words,
    figure,
    group_name,
    people,
    reason_words,
    stability_words,
    step_sentence,
)
from essor.console.words import _, terminal_language
from essor.engines.opinion_map.result import Group, OpinionMap, Representative

Texts = Mapping[str, str]
LISTED = 10


def render_report(found: OpinionMap, texts: Texts, *, source: str) -> str:
    """The whole page. `texts` maps statements to their words; `source` is the name of the file or folder."""
    title = _("Carte des opinions")
    parts = [
        f'<!doctype html><html lang="{terminal_language()}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)} · {escape(source)}</title><style>{STYLE}</style></head><body>",
        '<a class="skip" href="#resume">' + _say(_("Aller au résumé")) + "</a>",
        f'<header><p class="source">{escape(source)}</p><h1>{_say(title)}</h1>{_lead(found)}</header><main>',
        _heading(_("La carte")) + drawing(found) + "</section>",
        _summary(found, texts),
        _groups_table(found),
        _heading(_("Ce que dit chaque groupe")),
        *(_article(group, at % GROUPS, texts) for at, group in enumerate(found.groups)),
        "</section>",
        _agreed(found, texts),
        _divisive(found, texts),
        _statements(found, texts),
        _method(found),
        "</main><footer><p>" + _say(_("Rapport fait par Essor ; aucun vote n’a quitté cette machine.")),
        "</p></footer></body></html>\n",
    ]
    return "".join(parts)


def _heading(words: str) -> str:
    return f"<section><h2>{_say(words)}</h2>"


def _say(message: str) -> str:
    return escape(spaced(message))


def _words(texts: Texts, statement: str) -> str:
    told = " ".join(texts.get(statement, "").split())
    return escape(told) if told else _say(_("énoncé %(id)s") % {"id": statement})


def _lead(found: OpinionMap) -> str:
    lead = _("%(people)s participants ont donné %(votes)s votes sur %(statements)s énoncés.") % {
        "people": people(len(found.participants)),
        "votes": people(found.votes),
        "statements": people(len(found.statements)),
    }
    care = _(
        "Être proche sur la carte, c’est voter de façon semblable. Une machine dessine, des personnes lisent."
    )
    return f'<p class="lead">{_say(lead)} {_say(care)}</p>'


def _summary(found: OpinionMap, texts: Texts) -> str:
    lines = [_("La carte montre %(count)d groupes.") % {"count": len(found.groups)}]
    if len(found.groups) < 2:
        lines = [step_sentence(next(each for each in found.explain() if each["code"] == "groups"))]
    for group in found.groups:
        lines.append(
            f"{group_name(group.id)} : {size_words(group.size)}, {stability_words(group.stability)}."
        )
    asides = found.participants.not_grouped()
    lines += [f"{people(count)} {reason_words(reason)}." for reason, count in asides.items()]
    told = [f"<li>{_say(line)}</li>" for line in lines]
    for each in found.consensus[:1]:
        sentence = _say(
            _("Le plus partagé par tous les groupes (%(side)s) :") % {"side": direction_words(each.direction)}
        )
        told.append(f"<li>{sentence} {_words(texts, each.statement)}</li>")
    for one in found.divisive[:1]:
        told.append("<li>" + _say(_("Ce qui divise le plus :")) + f" {_words(texts, one.statement)}</li>")
    heading = _say(_("En résumé"))
    return f'<section id="resume"><h2>{heading}</h2><ul>{"".join(told)}</ul></section>'


def _table(name: str, heads: Iterable[str], rows: Iterable[Iterable[str]], numbers: int = 1) -> str:
    """A table whose columns after the first `numbers` hold figures; cells are already escaped."""
    head = "".join(
        f'<th scope="col"{" class=n" if at >= numbers else ""}>{_say(each)}</th>'
        for at, each in enumerate(heads)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{' class=n' if at >= numbers else ''}>{cell}</td>" for at, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide" tabindex="0" role="region" aria-label="{_say(name)}">{table}</div>'


def _groups_table(found: OpinionMap) -> str:
    rows = [
        (
            _say(group_name(group.id)),
            _say(size_words(group.size)),
            figure(group.x, 2),
            figure(group.y, 2),
            _say(stability_words(group.stability)),
        )
        for group in found.groups
    ]
    heads = (_("Groupe"), _("Taille"), _("Place en largeur"), _("Place en hauteur"), _("Solidité"))
    heading = _("Les groupes en tableau")
    return f"<section><h2>{_say(heading)}</h2>{_table(heading, heads, rows)}</section>"


def _article(group: Group, colour: int, texts: Texts) -> str:
    head = f'<article class="b{colour}" id="g{group.id}"><h3>{_say(group_name(group.id))}</h3>'
    facts = f'<p class="facts">{_say(size_words(group.size))} · {_say(stability_words(group.stability))}</p>'
    if group.size < FEW:
        why = _("Ce groupe est trop petit pour que ses votes soient montrés.")
        return f"{head}{facts}<p>{_say(why)}</p></article>"
    if not group.representative:
        none = _("Rien ne le distingue des autres.")
        return f"{head}{facts}<p>{_say(none)}</p></article>"
    return head + facts + "".join(_said(each, texts) for each in group.representative) + "</article>"


def _said(each: Representative, texts: Texts) -> str:
    figures = _("%(count)d sur %(seen)d, soit %(times)s fois plus qu’ailleurs.") % {
        "count": each.count,
        "seen": each.seen,
        "times": figure(each.ratio, 1),
    }
    doubt = "" if each.certain else " " + _("Ce n’est pas sûr : le hasard suffirait.")
    return (
        f'<p class="said"><b>{_say(direction_words(each.direction).capitalize())}</b> · '
        f"{_words(texts, each.statement)}"
        f"<span>{_say(figures + doubt)}</span></p>"
    )


def _agreed(found: OpinionMap, texts: Texts) -> str:
    heading = _say(_("Ce qui rassemble"))
    if not found.consensus:
        none = _("Aucun énoncé ne rassemble tous les groupes assez nettement.")
        return f"<section><h2>{heading}</h2><p>{_say(none)}</p></section>"
    rows = [
        (
            _words(texts, each.statement),
            _say(direction_words(each.direction)),
            _percent(each.share),
            _percent(each.least),
        )
        for each in found.consensus
    ]
    heads = (_("Énoncé"), _("Sens"), _("Tous"), _("Groupe le moins convaincu"))
    table = _table(_("Ce qui rassemble"), heads, rows, 2)
    return f"<section><h2>{heading}</h2>{table}</section>"


def _divisive(found: OpinionMap, texts: Texts) -> str:
    heading = _say(_("Ce qui divise"))
    if not found.divisive:
        none = _("Aucun énoncé ne sépare nettement les groupes.")
        return f"<section><h2>{heading}</h2><p>{_say(none)}</p></section>"
    large = {group.id for group in found.groups if group.size >= FEW}
    rows = [
        (
            _words(texts, each.statement),
            *(_percent(share) if id_ in large else "–" for id_, share in each.shares),
        )
        for each in found.divisive
    ]
    heads = (_("Énoncé (part d’accord)"), *(group_name(group.id) for group in found.groups))
    table = _table(_("Ce qui divise"), heads, rows)
    return f"<section><h2>{heading}</h2>{table}</section>"


def _percent(share: float) -> str:
    return _say(f"{100 * share:.0f} %")


def _statements(found: OpinionMap, texts: Texts) -> str:
    rows = []
    for column, each in enumerate(found.statements):
        if each.moderated:
            continue
        own = found.tallies[:, column]
        shares = (_percent((g[0] + 1) / (g.sum() + 2)) if g.sum() >= FEW else "–" for g in own)
        counts = (people(each.agrees), people(each.disagrees), people(each.passes))
        rows.append((_words(texts, each.id), *counts, *shares))
    groups = (group_name(group.id) for group in found.groups)
    heads = (_("Énoncé"), _("D’accord"), _("Pas d’accord"), _("Passe"), *groups)
    care = _(
        "Pour chaque groupe, la part d’accord ; un tiret quand moins de %(few)d de ses membres ont voté."
    )
    title = _("Tous les énoncés")
    opens = _say(_("Voir les %(count)s énoncés") % {"count": people(len(rows))})
    inside = f"<p>{_say(care % {'few': FEW})}</p>{_table(title, heads, rows)}"
    return f"{_heading(title)}<details><summary>{opens}</summary>{inside}</details></section>"


def _method(found: OpinionMap) -> str:
    sentences = filter(None, (step_sentence(step) for step in found.explain()))
    steps = "".join(f"<li>{_say(each)}</li>" for each in sentences)
    tried = [
        (str(each.k), figure(each.silhouette, 2), people(each.smallest), _say(_refused(each.refused)))
        for each in found.choices
    ]
    heads = (_("Groupes essayés"), _("Séparation (silhouette)"), _("Plus petit groupe"), _("Remarque"))
    table = _table(_("Nombres de groupes essayés"), heads, tried) if tried else ""
    method = found.method
    facts = (
        (_("Méthode"), f"{method.name} {method.version} · {method.mode}"),
        (_("Graine"), str(method.parameters["seed"])),
        (_("Empreinte des votes"), method.digest),
    )
    rows = "".join(
        f'<tr><th scope="row">{_say(name)}</th><td>{escape(value)}</td></tr>' for name, value in facts
    )
    again = _("Avec les mêmes votes et la même graine, tout le monde obtient le même résultat.")
    return (
        _heading(_("Comment c’est calculé")) + f'<ol class="steps">{steps}</ol>{table}'
        f"<p>{_say(again)}</p><table><tbody>{rows}</tbody></table></section>"
    )


def _refused(code: str) -> str:
    return _("un groupe y serait trop petit") if code else ""
