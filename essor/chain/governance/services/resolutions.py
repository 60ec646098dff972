"""Resolutions: written, proposed, put to the vote under frozen rules, closed, or withdrawn in time."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from essor.chain.governance.choices import GRADES, HIGHEST, SEVERAL
from essor.chain.governance.enums import (
    Abstention,
    AssemblyState,
    BodyState,
    DecisionMethod,
    Publication,
    ResolutionState,
    Secrecy,
    TieRule,
)
from essor.chain.governance.lifecycle import RESOLUTION_MOVES
from essor.chain.governance.models import (
    Assembly,
    Body,
    Elector,
    Resolution,
    ResolutionOption,
    SealingKey,
)
from essor.chain.governance.rolls import Line, roll_of
from essor.chain.governance.services.bodies import locked as locked_body
from essor.chain.governance.services.bodies import standing_colleges
from essor.chain.governance.services.refusals import GovernanceRefused
from essor.common import clock, sealing
from essor.common.text import tidy
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person

LEAST_SECRET = 5  # voters of a college below whom its published votes would tell who voted what
MOST_OPTIONS = 40


@dataclass(frozen=True)
class Rules:
    """How a resolution is decided. ``majority`` is a share that must be passed (``strict``) or reached.

    ``quorum``: share of the roll that must vote, (0, 1) for none. ``options`` are the answers of the methods
    that choose among several; ``scale`` the lowest and highest score.
    """

    method: str
    secrecy: str = Secrecy.OPEN
    publication: str = Publication.AT_CLOSING
    majority: tuple[int, int] = (1, 2)
    strict: bool = True
    abstention: str = Abstention.EXCLUDED
    tie: str = TieRule.STATUS_QUO
    quorum: tuple[int, int] = (0, 1)
    quorum_by_college: bool = False
    options: Sequence[str] = ()
    scale: tuple[int, int] = (0, 10)


@transaction.atomic
def draft_resolution(
    *,
    by: Person,
    body: Body,
    title: str,
    text: str,
    rules: Rules,
    reasons: str = "",
    assembly: Assembly | None = None,
    about: models.Model | None = None,
    effect: str = "",
    revises: Resolution | None = None,
) -> Resolution:
    """Write a resolution down, numbered in its year. Raises GovernanceRefused for rules out of bounds."""
    body = locked_body(body=body)
    if body.state == BodyState.DISSOLVED:
        raise GovernanceRefused(_("Cette instance est dissoute : elle ne décide plus."))
    if revises is not None and revises.body_id != body.pk:
        raise GovernanceRefused(_("On ne révise ici que les décisions de cette instance."), "revises")
    now = clock.now()
    year = clock.today().year
    last = body.resolutions.filter(year=year).aggregate(last=models.Max("number"))["last"] or 0
    resolution = Resolution(
        body=body, year=year, number=last + 1, created_by=by, created_at=now, changed_at=now,
        revises=revises, effect=effect[:40],
    )  # fmt: skip
    if about is not None:
        resolution.thing_type, resolution.thing_id = about._meta.label_lower, about.pk
    _write(resolution, title, text, reasons, assembly)
    _choose(resolution, rules)
    resolution.save()
    _set_options(resolution, rules)
    record(by=by, resolution=resolution, verb="resolution.drafted", number=resolution.number)
    return resolution


@transaction.atomic
def change_resolution(
    *,
    by: Person,
    resolution: Resolution,
    title: str,
    text: str,
    rules: Rules,
    reasons: str = "",
    assembly: Assembly | None = None,
) -> Resolution:
    """Reword it or choose other rules, as long as its vote has not opened."""
    resolution = locked(resolution=resolution)
    if resolution.state not in (ResolutionState.DRAFT, ResolutionState.PROPOSED):
        raise GovernanceRefused(_("Le vote a commencé : ni le texte ni les règles ne changent plus."))
    _write(resolution, title, text, reasons, assembly)
    _choose(resolution, rules)
    resolution.changed_at = clock.now()
    resolution.save()
    _set_options(resolution, rules)
    record(by=by, resolution=resolution, verb="resolution.changed")
    return resolution


@transaction.atomic
def move_resolution(*, by: Person, resolution: Resolution, state: str) -> Resolution:
    """Propose it, take it back to draft, or withdraw it before its vote."""
    resolution = locked(resolution=resolution)
    verbs = {
        ResolutionState.PROPOSED: "resolution.proposed",
        ResolutionState.DRAFT: "resolution.put_back",
        ResolutionState.WITHDRAWN: "resolution.withdrawn",
    }
    wanted = ResolutionState(state)
    if wanted not in verbs:
        raise GovernanceRefused(_("Cet état vient du vote : on ne le choisit pas."))
    move(resolution=resolution, state=wanted)
    resolution.changed_at = clock.now()
    resolution.save(update_fields=["state", "changed_at"])
    record(by=by, resolution=resolution, verb=verbs[wanted])
    return resolution


@transaction.atomic
def open_vote(
    *, by: Person, resolution: Resolution, closes_at: datetime | None = None, accept_small: bool = False
) -> Resolution:
    """Open the vote: rules and roll are frozen, and a secret vote gets its key.

    ``accept_small``: go on although a college has so few voters that its published votes may tell who voted
    what. Raises GovernanceRefused for an empty roll, a session that is not open, an end in the past, or a
    college too small for a secret vote.
    """
    resolution = locked(resolution=resolution)
    move(resolution=resolution, state=ResolutionState.OPEN)
    now = clock.now()
    if closes_at is not None and closes_at <= now:
        raise GovernanceRefused(_("La fin du vote doit être à venir."), "closes_at")
    if resolution.assembly is not None and resolution.assembly.state != AssemblyState.OPEN:
        raise GovernanceRefused(_("Ouvrez d’abord la séance : on vote pendant qu’elle se tient."))
    roll = roll_of(resolution)
    if not roll:
        raise GovernanceRefused(_("Personne ne peut voter : notez les présences, ou inscrivez des membres."))
    if resolution.secrecy == Secrecy.SECRET and not accept_small:
        _check_large_enough(resolution, roll)
    resolution.rules = _frozen(resolution)
    resolution.rules_digest = digest_of(value=resolution.rules)
    resolution.opened_at, resolution.closes_at, resolution.changed_at = now, closes_at, now
    resolution.save()
    Elector.objects.bulk_create(
        (
            Elector(
                resolution=resolution, member=line.member, voter_id=line.voter,
                by_proxy_of=line.by_proxy_of, college=line.member.college,
            )
            for line in roll
        ),
        batch_size=500,
    )  # fmt: skip
    if resolution.secrecy == Secrecy.SECRET:
        public, private = sealing.new_pair()
        SealingKey.objects.create(
            resolution=resolution,
            public=public,
            private=sealing.wrap(private, purpose(resolution=resolution)),
            made_at=now,
        )
    record(by=by, resolution=resolution, verb="resolution.opened", electors=len(roll))
    return resolution


@transaction.atomic
def close_vote(*, by: Person | None, resolution: Resolution) -> Resolution:
    """Close the vote. Every ballot acknowledged until then is kept; none is taken afterwards."""
    resolution = locked(resolution=resolution)
    if resolution.state == ResolutionState.CLOSED:
        return resolution
    move(resolution=resolution, state=ResolutionState.CLOSED)
    resolution.closed_at = resolution.changed_at = clock.now()
    resolution.save(update_fields=["state", "closed_at", "changed_at"])
    record(by=by, resolution=resolution, verb="resolution.closed")
    return resolution


def locked(*, resolution: Resolution) -> Resolution:
    """The resolution as it stands now, kept for this transaction: no vote is cast meanwhile."""
    rows = Resolution.objects.select_for_update(of=("self",))
    return rows.select_related("body__territory", "assembly").get(pk=resolution.pk)


def move(*, resolution: Resolution, state: ResolutionState) -> None:
    """Change its state if it may. Raises GovernanceRefused."""
    if state not in RESOLUTION_MOVES[resolution.state]:
        raise GovernanceRefused(
            _("Une résolution « %(before)s » ne devient pas « %(after)s ».")
            % {"before": resolution.get_state_display(), "after": state.label}
        )
    resolution.state = state


def record(*, by: Person | None, resolution: Resolution, verb: str, **data: object) -> None:
    """Say it to the ledger."""
    ledger.record(by=by, verb=verb, thing=resolution, territory=resolution.body.territory, data=data)


def purpose(*, resolution: Resolution) -> str:
    """What the key of its ballots is wrapped for."""
    return f"resolution {resolution.pk}"


def digest_of(*, value: object) -> str:
    """SHA-256 of the value in canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _write(resolution: Resolution, title: str, text: str, reasons: str, assembly: Assembly | None) -> None:
    resolution.title, resolution.text = " ".join(title.split())[:160], tidy(text)[:20_000]
    resolution.reasons = tidy(reasons)[:20_000]
    if len(resolution.title) < 3:
        raise GovernanceRefused(_("Donnez un titre à la résolution."), "title")
    if not resolution.text:
        raise GovernanceRefused(_("Écrivez le texte soumis au vote."), "text")
    if assembly is not None and assembly.body_id != resolution.body_id:
        raise GovernanceRefused(_("Cette assemblée est d’une autre instance."), "assembly")
    resolution.assembly = assembly


def _choose(resolution: Resolution, rules: Rules) -> None:
    method = DecisionMethod(rules.method)
    _check_share(rules.majority, "majority", least=1)
    _check_share(rules.quorum, "quorum", least=0)
    low, high = rules.scale
    if not 0 <= low < high <= HIGHEST:
        raise GovernanceRefused(_("L’échelle des notes va d’une note à une plus haute, de 0 à 100."), "scale")
    if method == DecisionMethod.WEIGHTED and not standing_colleges(body=resolution.body):
        raise GovernanceRefused(
            _("Cette instance n’a pas de collèges : choisissez une autre méthode."), "method"
        )
    if method == DecisionMethod.CONSENT and rules.secrecy == Secrecy.SECRET:
        raise GovernanceRefused(
            _("Une objection se discute : le consentement ne se donne pas à bulletin secret."), "secrecy"
        )
    resolution.method, resolution.secrecy = method, Secrecy(rules.secrecy)
    resolution.publication = Publication(rules.publication)
    resolution.rules = {
        "majority": list(rules.majority),
        "strict": rules.strict,
        "abstention": Abstention(rules.abstention),
        "tie": TieRule(rules.tie),
        "quorum": list(rules.quorum),
        "quorum_by_college": rules.quorum_by_college,
        "scale": [low, high],
    }


def _check_share(share: tuple[int, int], field: str, *, least: int) -> None:
    numerator, denominator = share
    if not (1 <= denominator <= 1000 and least <= numerator <= denominator):
        raise GovernanceRefused(_("Écrivez une part, par exemple 1/2, 2/3 ou 3/4."), field)


def _set_options(resolution: Resolution, rules: Rules) -> None:
    texts = [" ".join(each.split())[:200] for each in rules.options]
    texts = [each for each in texts if each]
    if resolution.method in SEVERAL:
        folded = [each.casefold() for each in texts]
        if len(set(folded)) != len(folded):
            raise GovernanceRefused(_("Deux réponses sont identiques."), "options")
        if not 2 <= len(texts) <= MOST_OPTIONS:
            raise GovernanceRefused(
                _("Cette méthode choisit parmi 2 à %(most)s réponses.") % {"most": MOST_OPTIONS}, "options"
            )
    elif texts:
        raise GovernanceRefused(_("Cette méthode répond par oui ou par non : pas de réponses."), "options")
    resolution.options.all().delete()
    ResolutionOption.objects.bulk_create(
        ResolutionOption(resolution=resolution, position=place, code=f"{place + 1}", text=text)
        for place, text in enumerate(texts)
    )


def _frozen(resolution: Resolution) -> dict[str, Any]:
    """Everything that the count needs, as it stands at the opening."""
    body, method = resolution.body, DecisionMethod(resolution.method)
    options = [{"code": each.code, "text": each.text} for each in resolution.options.all()]
    order = [each["code"] for each in options] or ["yes", "no"]
    frozen = {
        **resolution.rules,
        "method": str(method),
        "secrecy": str(resolution.secrecy),
        "options": options,
    }
    if method == DecisionMethod.JUDGEMENT:
        frozen["grades"] = list(GRADES)
    if method == DecisionMethod.WEIGHTED:
        frozen["convention"], frozen["empty_college"] = body.convention, body.empty_college
    frozen["colleges"] = [
        {"id": each.pk, "name": each.name, "weight": f"{each.weight.normalize():f}"}
        for each in standing_colleges(body=body)
    ]
    if frozen["tie"] == TieRule.LOT:  # drawn before anybody votes, and published with the rules
        secrets.SystemRandom().shuffle(order)
        frozen["lot"] = order
    return frozen


def _check_large_enough(resolution: Resolution, roll: Sequence[Line]) -> None:
    sizes: dict[str, int] = {}
    for line in roll:
        name = line.member.college.name if line.member.college else ""
        sizes[name] = sizes.get(name, 0) + 1
    name, size = min(sizes.items(), key=lambda each: each[1])
    if size < LEAST_SECRET:
        raise GovernanceRefused(
            _(
                "%(size)s votes seulement seraient publiés pour « %(name)s » : le secret n’y tiendrait pas. "
                "Votez à découvert, ou confirmez que chacun le sait."
            )
            % {"size": size, "name": name or resolution.body.name},
            "accept_small",
        )
