"""Moving or forgetting who said “this concerns me too”, when a speaker becomes another or leaves."""

from django.db import transaction

from essor.chain.listening.models import Speaker
from essor.chain.needs.models import Concern, Need


@transaction.atomic
def move_concerns(*, source: Speaker, target: Speaker) -> int:
    """What ``source`` said concerned them, ``target`` now says; what both said counts once."""
    if source.pk == target.pk:
        return 0
    said = Concern.objects.filter(speaker=source)
    needs = list(said.values_list("need_id", flat=True))
    said.filter(need__in=Concern.objects.filter(speaker=target).values("need")).delete()
    moved = said.update(speaker=target)
    _count(needs)
    return moved


@transaction.atomic
def forget_concerns(*, speakers: list[Speaker]) -> int:
    """These speakers no longer say that anything concerns them."""
    said = Concern.objects.filter(speaker__in=speakers)
    needs = list(said.values_list("need_id", flat=True))
    gone, _by_model = said.delete()
    _count(needs)
    return gone


def _count(needs: list[int]) -> None:
    for key in set(needs):
        Need.objects.filter(pk=key).update(concerned_count=Concern.objects.filter(need=key).count())
