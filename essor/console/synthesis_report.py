"""The report of a synthesis: one HTML file that one can read, print, send, and keep."""

from collections.abc import Mapping
from html import escape

from essor.console.french import spaced
from essor.console.synthesis_style import STYLE
from essor.console.synthesis_words import reason_words, stability_words, step_sentence
from essor.console.words import _, terminal_language
from essor.engines.synthesis.result import Group, SynthesisResult

QUOTE_LENGTH = 420
LISTED_ASIDE = 40
DOTS = 1500
SIZE = 520.0
FRAGILE = 0.5


def render_report(result: SynthesisResult, texts: Mapping[str, str], *, source: str) -> str:
    """The whole page. `texts` maps each identifier to its words; `source` is the name of the file."""
    title = _("Ce que disent les voix")
    skip, each_theme = _say(_("Aller aux thèmes")), _say(_("Thème par thème"))
    made_by = _say(_("Rapport fait par Essor ; aucun texte n’a quitté cette machine."))
    groups = sorted(result.groups, key=lambda group: -group.size)
    parts = [
        f'<!doctype html><html lang="{terminal_language()}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)} · {escape(source)}</title><style>{STYLE}</style></head><body>",
        f'<a class="skip" href="#themes">{skip}</a>',
        f'<header><p class="source">{escape(source)}</p><h1>{_say(title)}</h1>',
        f"{_lead(result, texts)}</header>",
        f"<main>{_glance(result, groups)}",
        f'<section id="themes"><h2>{each_theme}</h2>',
        *(_article(group, result, texts) for group in groups),
        "</section>",
        _copies(result, texts),
        _aside(result, texts),
        _method(result),
        f"</main><footer><p>{made_by}</p></footer></body></html>\n",
    ]
    return "".join(parts)


def _say(message: str) -> str:
    return escape(spaced(message))


def _lead(result: SynthesisResult, texts: Mapping[str, str]) -> str:
    lead = _("%(total)s textes, rangés en %(groups)d thèmes ; %(share).1f %% ont trouvé leur place.") % {
        "total": _number(len(texts)),
        "groups": len(result.groups),
        "share": 100 * result.coverage,
    }
    care = _(
        "Les noms sont des mots trouvés dans les textes ; les citations sont entières ou coupées, jamais "
        "réécrites. Une machine propose, des personnes décident."
    )
    return f'<p class="lead">{_say(lead)} {_say(care)}</p>'


def _glance(result: SynthesisResult, groups: list[Group]) -> str:
    largest = max(group.size for group in groups)
    rows = "".join(
        f'<li><a href="#g{group.index}"><span class="row"><span class="name">{escape(group.label)}</span>'
        f'<span class="count">{_voices(group.size)}</span></span>'
        f'<span class="track"><i style="width:{100 * group.size / largest:.1f}%"></i></span></a></li>'
        for group in groups
    )
    heading = _say(_("Les thèmes d’un coup d’œil"))
    inner = f'<div class="glance">{_map(result)}<ul class="bars">{rows}</ul></div>'
    return f"<section><h2>{heading}</h2>{inner}</section>"


def _voices(count: int) -> str:
    return _say(_("%(count)s textes") % {"count": _number(count)} if count > 1 else _("1 texte"))


def _number(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def _map(result: SynthesisResult) -> str:
    """The plane of texts: discs are overview groups, dots are texts, warm dots are small voices."""
    groups = result.overview
    reach = max(max(abs(g.x), abs(g.y)) + g.radius for g in groups) or 1.0
    scale = SIZE / 2 / reach * 0.96
    few = {member for group in result.small_voices for member in group.members}
    every = max(1, len(result.positions) // DOTS)
    shown = [key for number, key in enumerate(result.positions) if number % every == 0 or key in few]
    dots = "".join(
        f'<circle class="dot{" few" if key in few else ""}" cx="{scale * result.positions[key][0]:.1f}" '
        f'cy="{scale * result.positions[key][1]:.1f}" r="{4 if key in few else 2.4}"/>'
        for key in shown[: 2 * DOTS]
    )
    discs = "".join(
        f'<circle cx="{scale * g.x:.1f}" cy="{scale * g.y:.1f}" r="{scale * g.radius:.1f}"/>' for g in groups
    )
    names = "".join(
        f'<text x="{scale * g.x:.1f}" y="{scale * g.y + 5:.1f}">{_short(g.label)}</text>' for g in groups
    )
    alternative = _("Carte : chaque disque est un thème, chaque point un texte. La liste dit la même chose.")
    half = SIZE / 2
    return (
        f'<svg class="map" viewBox="{-half:.0f} {-half:.0f} {SIZE:.0f} {SIZE:.0f}" role="img" '
        f'aria-label="{_say(alternative)}">{discs}{dots}{names}</svg>'
    )


def _short(label: str, most: int = 22) -> str:
    words = label.split(",")[0]
    return escape(words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…")


def _article(group: Group, result: SynthesisResult, texts: Mapping[str, str]) -> str:
    facts = [_voices(group.size)]
    if group.distinct < group.size:
        facts.append(_say(_("%(count)d différents") % {"count": group.distinct}))
    sure = stability_words(group.stability)
    if sure:
        fragile = group.stability is not None and group.stability < FRAGILE
        facts.append(f'<span class="{"fragile" if fragile else "sure"}">{_say(sure)}</span>')
    terms = escape(", ".join(term for term, _weight in group.terms))
    key_words = _say(_("Mots clés :"))
    quotes = "".join(_quote(name, texts[name]) for name in group.quotes)
    return (
        f'<article id="g{group.index}"><h2>{escape(group.label)}</h2><p class="facts">{" · ".join(facts)}</p>'
        f'<p class="terms">{key_words} {terms}</p>{quotes}'
        f"{_inside(group, result, texts)}</article>"
    )


def _quote(name: str, text: str) -> str:
    words = " ".join(text.split())
    shown = words if len(words) <= QUOTE_LENGTH else words[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " […]"
    cited = _say(_("Texte %(name)s") % {"name": name})
    return f"<blockquote>{escape(shown)}<cite>{cited}</cite></blockquote>"


def _inside(group: Group, result: SynthesisResult, texts: Mapping[str, str]) -> str:
    if result.grain == "detail":
        return ""
    parts = sorted(result.inside(group.index), key=lambda part: -part.size)
    if len(parts) < 2:
        return ""
    small = _say(_("petite voix"))
    rows = []
    for part in parts:
        mark = f' <span class="few-voices">· {small}</span>' if part.is_small_voice else ""
        first = " ".join(texts[part.quotes[0]].split())[:160] if part.quotes else ""
        rows.append(
            f"<li><strong>{escape(part.label)}</strong> · {_voices(part.size)}{mark}"
            f"<p>{escape(first)}</p></li>"
        )
    title = _say(_("Plus en détail : %(count)d groupes") % {"count": len(parts)})
    return f'<details><summary>{title}</summary><ul class="inside">{"".join(rows)}</ul></details>'


def _copies(result: SynthesisResult, texts: Mapping[str, str]) -> str:
    if not result.duplicates:
        return ""
    most = sorted(result.duplicates, key=lambda family: -len(family))[:10]
    rows = "".join(
        f"<tr><td>{len(family)}</td><td>{escape(_brief(texts[family[0]]))}</td></tr>" for family in most
    )
    said = _("Textes identiques ou presque : chacun est rangé, mais la famille ne compte qu’une fois.")
    heading, times, text = _say(_("Copies")), _say(_("Fois")), _say(_("Texte"))
    return (
        f"<section><h2>{heading}</h2><p>{_say(said)}</p><table><thead><tr>"
        f"<th>{times}</th><th>{text}</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _brief(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 140 else words[:139] + "…"


def _aside(result: SynthesisResult, texts: Mapping[str, str]) -> str:
    heading = _say(_("Restés de côté"))
    if not result.left_aside:
        nobody = _say(_("Aucun : tous les textes ont un groupe."))
        return f"<section><h2>{heading}</h2><p>{nobody}</p></section>"
    rows = "".join(
        f"<tr><td>{escape(aside.id)}</td><td>{_say(reason_words(aside.reason))}</td>"
        f"<td>{escape(_brief(texts[aside.id]))}</td></tr>"
        for aside in result.left_aside[:LISTED_ASIDE]
    )
    left = len(result.left_aside) - LISTED_ASIDE
    others = _say(_("… et %(count)d autres.") % {"count": left})
    more = f"<p>{others}</p>" if left > 0 else ""
    heads = "".join(f"<th>{_say(head)}</th>" for head in (_("Identifiant"), _("Raison"), _("Texte")))
    return (
        f"<section><h2>{heading}</h2><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"{more}</section>"
    )


def _method(result: SynthesisResult) -> str:
    steps = "".join(f"<li>{_say(step_sentence(step))}</li>" for step in result.explain())
    method = result.method
    facts = (
        (_("Méthode"), f"{method.name} {method.version} · {method.encoder}"),
        (_("Graine"), str(method.seed)),
        (_("Empreinte des textes"), method.digest),
    )
    rows = "".join(f"<tr><th>{_say(name)}</th><td>{escape(value)}</td></tr>" for name, value in facts)
    again = _("Avec les mêmes textes et la même graine, tout le monde obtient le même résultat.")
    heading = _say(_("Comment c’est calculé"))
    return (
        f'<section><h2>{heading}</h2><ol class="steps">{steps}</ol>'
        f"<p>{_say(again)}</p><table><tbody>{rows}</tbody></table></section>"
    )
