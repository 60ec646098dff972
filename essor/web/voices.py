"""How a voice is introduced on any page: by its occasion and its family, never by a name."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from essor.chain.listening.enums import Channel, ConsultationState
from essor.chain.listening.models import Contribution


def source_line(voice: Contribution) -> str:
    """Where a voice was heard and from which family: “Réunion de Brécourt, table 3, habitant·e, mars 2026”.

    Reads ``voice.gathering`` and ``voice.speaker``: select them with the voice.
    """
    parts = [_occasion(voice)]
    if voice.table:
        parts.append(_("table %(table)s") % {"table": voice.table})
    if voice.channel == Channel.INTERVIEW and voice.speaker.pseudonym:
        parts.append(voice.speaker.pseudonym)
    else:
        parts.append(str(voice.get_family_display()))
    parts.append(date_format(localtime(voice.said_at), "F Y"))
    return ", ".join(part for part in parts if part)


def without_draft(voice: Contribution) -> Contribution:
    """The voice as anybody may read it: a consultation still in draft, and its question, are not told.

    Reads ``voice.consultation``. For showing only: the voice is not to be saved afterwards.
    """
    if voice.consultation is not None and voice.consultation.state == ConsultationState.DRAFT:
        voice.consultation = voice.question = None
    return voice


def _occasion(voice: Contribution) -> str:
    if voice.channel == Channel.INTERVIEW:
        return _("Entretien")
    if voice.gathering is not None:
        return voice.gathering.title
    return {
        Channel.ONLINE: _("En ligne"),
        Channel.PAPER: _("Sur papier"),
        Channel.IMPORT: _("Importée d’un fichier"),
        Channel.MEETING: _("En réunion"),
    }[Channel(voice.channel)]
