"""Votes: who may cast, what is kept, and what nobody can know."""

import json
from datetime import timedelta

import pytest
from django.core import serializers
from django.db import DatabaseError, connection, transaction

from essor.chain.governance.enums import DecisionMethod, ResolutionState, Secrecy
from essor.chain.governance.models import Elector, OpenVote, SealedEnvelope, SealingKey, UrnBallot
from essor.chain.governance.services import resolutions, voting
from essor.chain.governance.services.refusals import GovernanceRefused
from essor.common import clock, sealing
from essor.ground.ledger.models import Fact
from tests.factories.governance import BodyFactory, BodyMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(territory):
    body = BodyFactory(territory=territory)
    BodyMemberFactory.create_batch(6, body=body)
    return body


def _opened(alice, body, **more):
    asked = {"closes_at": more.pop("closes_at", None), "accept_small": more.pop("accept_small", False)}
    rules = resolutions.Rules(**({"method": DecisionMethod.MAJORITY} | more))
    resolution = resolutions.draft_resolution(
        by=alice, body=body, title="Ouvrir le lavoir", text="Le lavoir ouvre au public en mai.", rules=rules
    )
    resolutions.move_resolution(by=alice, resolution=resolution, state=ResolutionState.PROPOSED)
    return resolutions.open_vote(by=alice, resolution=resolution, **asked)


def test_an_open_vote_may_change_and_every_one_stays(alice, body):
    resolution = _opened(alice, body)
    elector = resolution.electors.first()
    voting.cast_vote(by=elector.voter, elector=elector, choice="yes")
    voting.cast_vote(by=elector.voter, elector=elector, choice="no")
    assert list(OpenVote.objects.values_list("choice", flat=True)) == ["yes", "no"]


def test_a_secret_vote_is_cast_once(alice, body):
    resolution = _opened(alice, body, secrecy=Secrecy.SECRET)
    elector = resolution.electors.first()
    assert voting.cast_vote(by=elector.voter, elector=elector, choice="yes").receipt.count("-") == 2
    with pytest.raises(voting.AlreadyVoted):
        voting.cast_vote(by=elector.voter, elector=elector, choice="no")
    assert SealedEnvelope.objects.count() == 1


def test_whoever_is_not_on_the_roll_does_not_vote(alice, bilal, body):
    elector = _opened(alice, body).electors.first()
    with pytest.raises(GovernanceRefused, match="pas sur la liste"):
        voting.cast_vote(by=bilal, elector=elector, choice="yes")


def test_a_vote_after_the_end_is_refused_by_the_clock_of_the_server(alice, body, at):
    traveller = at("2026-05-04T10:00:00+02:00")
    resolution = _opened(alice, body, closes_at=clock.now() + timedelta(minutes=5))
    elector = resolution.electors.first()
    traveller.shift(timedelta(minutes=5))
    with pytest.raises(GovernanceRefused, match="n’est pas ouvert"):
        voting.cast_vote(by=elector.voter, elector=elector, choice="yes")
    assert not OpenVote.objects.exists()


@pytest.mark.parametrize("choice", ["maybe", None, 3, {"yes": 1}, ["yes"]])
def test_a_ballot_that_says_nothing_is_refused(alice, body, choice):
    elector = _opened(alice, body).electors.first()
    with pytest.raises(GovernanceRefused) as refusal:
        voting.cast_vote(by=elector.voter, elector=elector, choice=choice)
    assert refusal.value.field == "choice"


@pytest.mark.parametrize(
    ("method", "choice", "kept"),
    [
        (DecisionMethod.APPROVAL, ["3", "1"], ["1", "3"]),
        (DecisionMethod.SCORE, {"1": 0, "2": 10, "3": 4}, {"1": 0, "2": 10, "3": 4}),
        (DecisionMethod.RANKED, [["3"], ["2", "1"]], [["3"], ["1", "2"]]),
        (DecisionMethod.JUDGEMENT, {"1": "good", "2": "fair", "3": "reject"}, None),
        (DecisionMethod.APPROVAL, "blank", "blank"),
    ],
)
def test_each_method_keeps_its_ballots_in_one_order(alice, body, method, choice, kept):
    resolution = _opened(alice, body, method=method, options=["Lundi", "Mardi", "Mercredi"])
    elector = resolution.electors.first()
    assert voting.cast_vote(by=elector.voter, elector=elector, choice=choice).choice == (kept or choice)


@pytest.mark.parametrize(
    ("method", "choice"),
    [
        (DecisionMethod.APPROVAL, []),
        (DecisionMethod.APPROVAL, ["9"]),
        (DecisionMethod.SCORE, {"1": 11, "2": 0, "3": 0}),
        (DecisionMethod.SCORE, {"1": True, "2": 0, "3": 0}),
        (DecisionMethod.SCORE, {"1": 1}),
        (DecisionMethod.RANKED, [["1"], ["1"]]),
        (DecisionMethod.RANKED, [[{"1": 2}]]),
        (DecisionMethod.JUDGEMENT, {"1": "superb", "2": "fair", "3": "fair"}),
    ],
)
def test_a_ballot_that_the_method_cannot_count_is_refused(alice, body, method, choice):
    resolution = _opened(alice, body, method=method, options=["Lundi", "Mardi", "Mercredi"])
    elector = resolution.electors.first()
    with pytest.raises(GovernanceRefused):
        voting.cast_vote(by=elector.voter, elector=elector, choice=choice)


def test_rules_and_text_do_not_change_once_the_vote_is_open(alice, body):
    resolution = _opened(alice, body)
    assert resolution.rules_digest == resolutions.digest_of(value=resolution.rules)
    with pytest.raises(GovernanceRefused, match="ne changent plus"):
        resolutions.change_resolution(
            by=alice,
            resolution=resolution,
            title="Autre",
            text="Autre",
            rules=resolutions.Rules(method="majority"),
        )


def test_a_secret_vote_of_a_handful_is_refused_unless_all_know_it(alice, territory):
    few = BodyFactory(territory=territory)
    BodyMemberFactory.create_batch(3, body=few)
    with pytest.raises(GovernanceRefused, match="le secret n’y tiendrait pas"):
        _opened(alice, few, secrecy=Secrecy.SECRET)
    assert _opened(alice, few, secrecy=Secrecy.SECRET, accept_small=True).electors.count() == 3


def test_the_urn_gives_back_each_ballot_under_its_receipt_and_destroys_its_key(alice, body):
    resolution = _opened(alice, body, secrecy=Secrecy.SECRET)
    told = {}
    for place, elector in enumerate(resolution.electors.all()):
        cast = voting.cast_vote(by=elector.voter, elector=elector, choice="yes" if place % 2 else "no")
        told[cast.receipt] = cast.choice
    with pytest.raises(GovernanceRefused, match="encore ouvert"):
        voting.open_urn(resolution=resolution)
    resolutions.close_vote(by=alice, resolution=resolution)
    assert voting.open_urn(resolution=resolution) == 6 == voting.open_urn(resolution=resolution)
    assert dict(UrnBallot.objects.values_list("receipt", "choice")) == told
    key = SealingKey.objects.get()
    assert key.private is None
    assert key.destroyed_at is not None


def test_an_envelope_that_was_tampered_with_stops_the_count(alice, body):
    resolution = _opened(alice, body, secrecy=Secrecy.SECRET)
    SealedEnvelope.objects.create(resolution=resolution, sealed=b"\0" * 1100)
    resolutions.close_vote(by=alice, resolution=resolution)
    with pytest.raises(sealing.SealBroken):
        voting.open_urn(resolution=resolution)
    assert not UrnBallot.objects.exists()


def test_an_envelope_slipped_into_the_urn_stops_the_count(alice, body):
    resolution = _opened(alice, body, secrecy=Secrecy.SECRET)
    public = bytes(SealingKey.objects.get().public)
    extra = json.dumps({"college": None, "choice": "yes", "receipt": "AAAA-AAAA-AAAA"}).encode()
    SealedEnvelope.objects.create(resolution=resolution, sealed=sealing.seal(public, extra))
    resolutions.close_vote(by=alice, resolution=resolution)
    with pytest.raises(GovernanceRefused, match="1 bulletins pour 0 votants"):
        voting.open_urn(resolution=resolution)


@pytest.mark.parametrize("model", [OpenVote, SealedEnvelope, UrnBallot])
def test_the_database_refuses_to_change_or_delete_a_ballot(alice, body, model):
    secrecy = Secrecy.OPEN if model is OpenVote else Secrecy.SECRET
    resolution = _opened(alice, body, secrecy=secrecy)
    elector = resolution.electors.first()
    voting.cast_vote(by=elector.voter, elector=elector, choice="yes")
    if model is UrnBallot:
        resolutions.close_vote(by=alice, resolution=resolution)
        voting.open_urn(resolution=resolution)
    assert model.objects.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(resolution=resolution)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")


def test_with_every_table_in_hand_nobody_can_tell_who_voted_what(alice, body, caplog):
    """All rows of all tables of governance and of the ledger, before and after the count.

    A ballot is only ever with its choice in the urn; nothing there points to an elector, a person or a moment, and
    the order of the urn is that of random receipts, not of voting.
    """
    resolution = _opened(alice, body, secrecy=Secrecy.SECRET)
    electors = list(resolution.electors.all())
    receipts = [
        voting.cast_vote(by=each.voter, elector=each, choice="yes" if place < 1 else "no").receipt
        for place, each in enumerate(electors)
    ]
    before = _everything()
    assert not any(each in before for each in receipts)
    sealed = SealedEnvelope.objects.values_list("sealed", flat=True)
    assert len({len(bytes(each)) for each in sealed}) == 1
    resolutions.close_vote(by=alice, resolution=resolution)
    voting.open_urn(resolution=resolution)
    fields = {field.name for field in UrnBallot._meta.get_fields()}
    assert fields == {"id", "resolution", "college", "choice", "receipt", "is_paper"}
    assert {field.name for field in SealedEnvelope._meta.get_fields()} == {"id", "resolution", "sealed"}
    assert not any(field.name.endswith("_at") for field in Elector._meta.get_fields())
    assert not Fact.objects.filter(
        at__gt=resolution.opened_at, by__in=[each.voter for each in electors]
    ).exists()
    assert not any(receipt in caplog.text for receipt in receipts)
    assert list(resolution.urn.values_list("receipt", flat=True)) == sorted(receipts)


def _everything() -> str:
    models = (Elector, OpenVote, SealedEnvelope, UrnBallot, SealingKey, Fact)
    return "".join(serializers.serialize("json", model.objects.all()) for model in models)


def test_the_urn_is_written_in_another_order_than_the_envelopes(alice, body, monkeypatch):
    """The order of rows on the disk must not be that of voting, which the roll may keep."""

    class Turned:
        def shuffle(self, ballots):
            ballots.reverse()

    resolution = _opened(alice, body, secrecy=Secrecy.SECRET)
    cast = [voting.cast_vote(by=each.voter, elector=each, choice="yes") for each in resolution.electors.all()]
    resolutions.close_vote(by=alice, resolution=resolution)
    monkeypatch.setattr(voting.secrets, "SystemRandom", Turned)
    written: list[str] = []
    keep = UrnBallot.objects.bulk_create

    def watched(ballots, **more):
        ballots = list(ballots)
        written.extend(each.receipt for each in ballots)
        return keep(ballots, **more)

    monkeypatch.setattr(UrnBallot.objects, "bulk_create", watched)
    voting.open_urn(resolution=resolution)
    in_order = [each.receipt for each in cast]
    assert sorted(written) == sorted(in_order)
    assert written != in_order


def test_the_key_in_the_database_opens_nothing_without_the_secret_of_the_site(alice, body, settings):
    resolution = _opened(alice, body, secrecy=Secrecy.SECRET)
    elector = resolution.electors.first()
    voting.cast_vote(by=elector.voter, elector=elector, choice="yes")
    kept, sealed = bytes(SealingKey.objects.get().private), bytes(SealedEnvelope.objects.get().sealed)
    for start in range(len(kept) - sealing.KEY + 1):
        with pytest.raises(sealing.SealBroken):
            sealing.unseal(kept[start : start + sealing.KEY], sealed)
    resolutions.close_vote(by=alice, resolution=resolution)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret", []
    with pytest.raises(sealing.SealBroken):
        voting.open_urn(resolution=resolution)
