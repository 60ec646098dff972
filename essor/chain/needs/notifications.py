"""Who is told what about needs and syntheses. Deciding is done elsewhere."""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.chain.needs.models import Concern, Evidence, Need, Synthesis
from essor.common.text import excerpt
from essor.ground.notices.enums import NoticeKind
from essor.ground.notices.services import tell
from essor.ground.people.models import Person

SHOWN = 120  # signs of a statement in a notice


def tell_authors_of_need(need: Need) -> None:
    """Once committed, tell those whose voice is evidence that the need is published."""
    transaction.on_commit(partial(_tell_published, need))


def tell_need_moved(need: Need) -> None:
    """Once committed, tell those whose voice is evidence, and those concerned, that the need moved."""
    transaction.on_commit(partial(_tell_moved, need))


def tell_synthesis_ended(synthesis: Synthesis) -> None:
    """Once committed, tell who asked for a synthesis that it is ready, or that it failed."""
    transaction.on_commit(partial(_tell_synthesis, synthesis))


def _tell_published(need: Need) -> None:
    said = {"need": excerpt(need.statement, SHOWN)}
    tell(
        persons=_authors(need),
        territory=need.territory,
        kind=NoticeKind.MY_VOICE,
        text=lambda: _("Votre voix a contribué à un besoin publié : « %(need)s ».") % said,
        url=need.get_absolute_url(),
        group_key=f"need:{need.pk}",
    )


def _tell_moved(need: Need) -> None:
    said = excerpt(need.statement, SHOWN)
    authors = _authors(need)
    known = {each.pk for each in authors}
    concerned = Person.objects.filter(
        pk__in=Concern.objects.filter(need=need, speaker__person__isnull=False).values("speaker__person")
    )
    audiences = (
        (NoticeKind.MY_VOICE, authors),
        (NoticeKind.NEEDS, [each for each in concerned if each.pk not in known]),
    )
    for kind, persons in audiences:
        tell(
            persons=persons,
            territory=need.territory,
            kind=kind,
            text=lambda: (
                _("Le besoin « %(need)s » est maintenant : %(state)s.")
                % {"need": said, "state": need.get_state_display()}
            ),
            url=need.get_absolute_url(),
            group_key=f"need:{need.pk}",
        )


def _tell_synthesis(synthesis: Synthesis) -> None:
    if synthesis.created_by is None:
        return
    said = {"title": excerpt(synthesis.title, SHOWN)}

    def words() -> str:
        if synthesis.failure:
            return _("La synthèse « %(title)s » n’a pas pu être calculée.") % said
        return _("La synthèse « %(title)s » est prête.") % said

    tell(
        persons=[synthesis.created_by],
        territory=synthesis.territory,
        kind=NoticeKind.ATELIER,
        text=words,
        url=reverse("territory:atelier_synthesis", args=[synthesis.territory.slug, synthesis.pk]),
        group_key=f"synthesis:{synthesis.pk}",
    )


def _authors(need: Need) -> list[Person]:
    voices = Evidence.objects.filter(need=need, contribution__speaker__person__isnull=False)
    return list(Person.objects.filter(pk__in=voices.values("contribution__speaker__person")))
