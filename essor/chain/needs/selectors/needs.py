"""What a group suggests when it becomes a need."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from essor.chain.listening.enums import VoiceState
from essor.chain.needs.models import Group, Placement
from essor.ground.territories.models import Theme

COUNTED = (VoiceState.PUBLISHED, VoiceState.PRIVATE)
MOST_COMMUNES = 12
_LEAST_SHARE = 20  # a commune is suggested from one located voice in twenty


@dataclass(frozen=True)
class Suggestion:
    """A beginning of a need, for a person to word: never published as it is."""

    statement: str
    theme: Theme | None
    commune_codes: tuple[str, ...]


def need_suggested_by(group: Group) -> Suggestion:
    """The name of the group after “Pouvoir”, the theme most voices bear, the communes they come from."""
    placed = Placement.objects.filter(Q(group=group) | Q(group__parent=group, group__is_dissolved=False))
    rows = placed.filter(contribution__state__in=COUNTED).values_list(
        "contribution__theme", "contribution__commune_code"
    )
    themes: Counter[int] = Counter()
    communes: Counter[str] = Counter()
    for theme, commune in rows:
        if theme is not None:
            themes[theme] += 1
        if commune:
            communes[commune] += 1
    here = set(group.synthesis.territory.communes.values_list("code", flat=True))
    least = communes.total() / _LEAST_SHARE
    kept = [code for code, n in communes.most_common() if code in here and n >= least][:MOST_COMMUNES]
    label = group.label[:1].lower() + group.label[1:] if not group.label[1:2].isupper() else group.label
    statement = (
        label if label.lower().startswith("pouvoir") else _("Pouvoir … (%(label)s)") % {"label": label}
    )
    best = min(themes, key=lambda key: (-themes[key], key)) if themes else None
    return Suggestion(
        statement=statement[:160],
        theme=Theme.objects.filter(pk=best).first() if best else None,
        commune_codes=tuple(sorted(kept)),
    )
