"""Casting a vote, and opening the urn.

A secret vote is one transaction: the line of the roll is ticked, and an envelope that names nobody is kept.
At the count all envelopes are opened at once and shuffled, and the key that opened them is destroyed.
Nothing in the tables, the ledger or the logs then ties a line of the roll to a ballot.
"""

import json
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.governance.choices import ChoiceRefused, checked
from essor.chain.governance.enums import ResolutionState, Secrecy
from essor.chain.governance.models import (
    Elector,
    OpenVote,
    Resolution,
    SealedEnvelope,
    SealingKey,
    UrnBallot,
)
from essor.chain.governance.policies import can_vote_for_member
from essor.chain.governance.services.refusals import GovernanceRefused
from essor.chain.governance.services.resolutions import locked, purpose, record
from essor.common import clock, sealing
from essor.ground.people.models import Person

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without what is mistaken for something else
GROUPS, SIGNS = 3, 4  # a receipt is 12 signs, about 60 bits


class AlreadyVoted(GovernanceRefused):
    """This line of the roll has voted: a secret vote is cast once."""


@dataclass(frozen=True)
class Cast:
    """A vote that was kept. ``receipt`` of a secret one is told once, and found nowhere afterwards."""

    elector: Elector
    choice: object
    receipt: str = ""


@transaction.atomic
def cast_vote(*, by: Person, elector: Elector, choice: object) -> Cast:
    """Vote for a line of the roll, in the manner that the resolution says.

    An open or nominal vote may be changed until the end; every one stays, and the last counts. A secret one
    is cast once. Raises GovernanceRefused when the vote is closed (by the clock of the server), when ``by``
    may not vote for this member, or when the ballot says nothing that can be counted; AlreadyVoted.
    """
    resolution = _held(elector)
    elector = Elector.objects.select_related("member__actor__territory", "college").get(pk=elector.pk)
    if not resolution.takes_votes:
        raise GovernanceRefused(_("Ce vote n’est pas ouvert : aucun bulletin n’est pris avant ni après."))
    _check_theirs(by, elector)
    try:
        kept = checked(resolution.method, resolution.rules, choice)
    except ChoiceRefused as refusal:
        raise GovernanceRefused(str(refusal), "choice") from refusal
    if resolution.secrecy == Secrecy.SECRET:
        return _cast_secret(resolution, elector, kept)
    OpenVote.objects.create(resolution=resolution, elector=elector, choice=kept, cast_at=clock.now())
    Elector.objects.filter(pk=elector.pk).update(has_voted=True)
    return Cast(elector, kept)


@transaction.atomic
def open_urn(*, resolution: Resolution) -> int:
    """Take every secret ballot out of its envelope, shuffled, and destroy the key. Returns how many.

    Done twice it does nothing more. Raises GovernanceRefused when the vote is not closed, and SealBroken
    when an envelope was tampered with or the secret of the site has changed: nothing is counted then.
    """
    resolution = locked(resolution=resolution)
    if resolution.state == ResolutionState.OPEN:
        raise GovernanceRefused(_("Le vote est encore ouvert : l’urne s’ouvre à la clôture."))
    key = SealingKey.objects.select_for_update().get(resolution=resolution)
    if key.private is None:
        return resolution.urn.filter(is_paper=False).count()
    private = sealing.unwrap(bytes(key.private), purpose(resolution=resolution))
    envelopes = SealedEnvelope.objects.filter(resolution=resolution).values_list("sealed", flat=True)
    ballots = [json.loads(sealing.unseal(private, bytes(each))) for each in list(envelopes)]
    ticked = resolution.electors.filter(has_voted=True).count()
    if len(ballots) > ticked:
        raise GovernanceRefused(
            _("L’urne contient %(ballots)s bulletins pour %(ticked)s votants : elle ne se dépouille pas.")
            % {"ballots": len(ballots), "ticked": ticked}
        )
    secrets.SystemRandom().shuffle(ballots)
    UrnBallot.objects.bulk_create(
        (
            UrnBallot(
                resolution=resolution,
                college_id=each["college"],
                choice=each["choice"],
                receipt=each["receipt"],
            )
            for each in ballots
        ),
        batch_size=500,
    )
    key.private, key.destroyed_at = None, clock.now()
    key.save(update_fields=["private", "destroyed_at"])
    record(by=None, resolution=resolution, verb="resolution.counted", ballots=len(ballots))
    return len(ballots)


def _held(elector: Elector) -> Resolution:
    """The resolution, kept so that it cannot be closed and counted while this vote is being cast."""
    rows = Resolution.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("body__territory").get(pk=elector.resolution_id)


def _check_theirs(by: Person, elector: Elector) -> None:
    if elector.voter_id is not None:
        if elector.voter_id == by.pk:
            return
    elif can_vote_for_member(by, elector.member):
        return
    raise GovernanceRefused(
        _("Vous n’êtes pas sur la liste de ce vote pour « %(member)s ».")
        % {"member": elector.member.actor.name}
    )


def _cast_secret(resolution: Resolution, elector: Elector, choice: object) -> Cast:
    if not Elector.objects.filter(pk=elector.pk, has_voted=False).update(has_voted=True):
        raise AlreadyVoted(_("Ce membre a déjà voté : un bulletin secret ne se reprend pas."))
    key = SealingKey.objects.values_list("public", flat=True).get(resolution=resolution)
    receipt = "-".join(
        "".join(secrets.choice(ALPHABET) for _sign in range(SIGNS)) for _group in range(GROUPS)
    )
    ballot = {"college": elector.college_id, "choice": choice, "receipt": receipt}
    SealedEnvelope.objects.create(
        resolution=resolution, sealed=sealing.seal(bytes(key), json.dumps(ballot).encode())
    )
    elector.has_voted = True
    return Cast(elector, choice, receipt)
