"""Moving or forgetting supports, when a speaker becomes another or leaves."""

from django.db import transaction

from essor.chain.challenges.models import Challenge, Supporter
from essor.chain.listening.models import Speaker
from essor.ground.people.models import Person


@transaction.atomic
def move_supports(*, source: Speaker, target: Speaker) -> int:
    """What ``source`` supported, ``target`` now supports; what both did counts once."""
    if source.pk == target.pk:
        return 0
    said = Supporter.objects.filter(speaker=source)
    keys = list(said.values_list("challenge_id", flat=True))
    said.filter(challenge__in=Supporter.objects.filter(speaker=target).values("challenge")).delete()
    moved = said.update(speaker=target)
    _count(keys)
    return moved


@transaction.atomic
def forget_supports(*, speakers: list[Speaker]) -> int:
    """These speakers no longer support anything."""
    said = Supporter.objects.filter(speaker__in=speakers)
    keys = list(said.values_list("challenge_id", flat=True))
    gone, _by_model = said.delete()
    _count(keys)
    return gone


@transaction.atomic
def forget_person(*, person: Person) -> int:
    """Challenges they launched stay, without their name."""
    return Challenge.objects.filter(launched_by=person).update(launched_by=None)


def _count(keys: list[int]) -> None:
    for key in set(keys):
        number = Supporter.objects.filter(challenge=key).count()
        Challenge.objects.filter(pk=key).update(supporters_count=number)
