"""Somebody erases their account: nothing that tells who they were stays; their voices, as they choose."""

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.alliances.services import commitments
from essor.chain.challenges.services import supporters
from essor.chain.challenges.services.supporters import forget_supports
from essor.chain.governance.services import members as seats
from essor.chain.holders.services import holders
from essor.chain.listening.enums import VoiceState
from essor.chain.listening.models import Contribution, Speaker
from essor.chain.listening.services.owners import forget_person
from essor.chain.listening.services.voices import erase_voice
from essor.chain.matches.services import answers
from essor.chain.needs.services import opinions as opinion_evidence
from essor.chain.needs.services.concerns import forget_concerns
from essor.chain.opinions.services import owners as opinions
from essor.chain.projects.services import follows, resources, said, sheets, team
from essor.ground.directory.services import actors, claims
from essor.ground.gatherings.notifications import tell_let_in
from essor.ground.gatherings.services import forget_registrations
from essor.ground.ledger.services import record
from essor.ground.notices.services import erase_notices
from essor.ground.people.enums import Role
from essor.ground.people.models import Membership, Person
from essor.ground.people.services.accounts import proved_addresses, scrub_account
from essor.ground.people.services.memberships import LastAdministrator
from essor.journeys.claim_guest_voices import recount_needs_of
from essor.journeys.seed_statements_from_voices import untie_statements


def territories_left_alone(*, person: Person) -> list[str]:
    """Names of the territories with other members that nobody else would administer."""
    mine = Membership.objects.current().filter(person=person, role=Role.ADMINISTRATOR)
    names = []
    for membership in mine.select_related("territory"):
        others = Membership.objects.in_territory(membership.territory).current().exclude(person=person)
        if others.exists() and not others.filter(role=Role.ADMINISTRATOR).exists():
            names.append(membership.territory.name)
    return names


@transaction.atomic
def erase_person(*, person: Person, erase_voices: bool) -> int:
    """Erase the account for ever; returns how many voices were erased with it.

    Voices that are kept stay under a pseudonym that leads to nobody. The ledger keeps that things
    happened, by an account without a name. Raises LastAdministrator when others would be left without
    anybody to administer their territory.
    """
    alone = territories_left_alone(person=person)
    if alone:
        raise LastAdministrator(
            _("Donnez d’abord l’administration de ce territoire à quelqu’un d’autre : %(names)s.")
            % {"names": ", ".join(alone)}
        )
    speakers = list(Speaker.objects.of(person))
    erased = _erase_voices(person) if erase_voices else 0
    if erase_voices:
        forget_concerns(speakers=speakers)
        forget_supports(speakers=speakers)
    _forget_the_second_half(person, erase_words=erase_voices)
    tell_let_in(forget_registrations(person=person, addresses=proved_addresses(person=person)))
    erase_notices(person=person)
    record(by=person, verb="person.erased", thing=person, territory=None, data={"voices_erased": erased})
    forget_person(
        person=person, new_names=[(each, _("Voix %(number)s") % {"number": each.pk}) for each in speakers]
    )
    scrub_account(person=person)
    return erased


def _forget_the_second_half(person: Person, *, erase_words: bool) -> None:
    """What the person did for cards, challenges, projects and alliances no longer leads to them.

    Proposals come first: they rest on the cards. So do the places held by the person's own card.
    """
    for part in (answers, team, seats, commitments, claims, actors, supporters, resources, sheets, follows):
        part.forget_person(person=person)
    holders.forget_person(person=person, addresses=proved_addresses(person=person))
    said.forget_person(person=person, erase_words=erase_words)
    opinion_evidence.forget_person(person=person)
    opinions.forget_person(person=person, erase_words=erase_words)


def _erase_voices(person: Person) -> int:
    voices = list(
        Contribution.objects.filter(speaker__person=person)
        .exclude(state=VoiceState.ERASED)
        .select_related("territory")
    )
    for voice in voices:
        erase_voice(contribution=voice, by=person, why=_("Effacée avec le compte de son auteur ou autrice"))
    recount_needs_of([voice.pk for voice in voices], by=person)
    untie_statements(voices=voices, by=None)
    return len(voices)
