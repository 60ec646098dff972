"""Two people met and talked: the interview is written down with the consent that lets words be kept."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.listening.models import Consent
from essor.chain.listening.services.capture import record_consent
from essor.ground.gatherings.enums import GatheringKind
from essor.ground.gatherings.services import hold_gathering, plan_gathering
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

LENGTH = timedelta(hours=1)


@transaction.atomic
def hold_interview(
    *,
    by: Person | None,
    territory: Territory,
    pseudonym: str,
    family: str,
    held_at: datetime,
    purpose: str,
    may_quote: bool,
    until_on: date,
    given: str,
    commune_code: str = "",
) -> Consent:
    """Make the interview, held at that moment, and the consent of the person met. No name is asked."""
    interview = plan_gathering(
        by=by,
        territory=territory,
        kind=GatheringKind.INTERVIEW,
        title=_("Entretien : %(who)s") % {"who": pseudonym},
        starts_at=held_at,
        ends_at=held_at + LENGTH,
        commune_code=commune_code,
    )
    hold_gathering(by=by, gathering=interview)
    return record_consent(
        by=by,
        gathering=interview,
        purpose=purpose,
        may_quote=may_quote,
        until_on=until_on,
        pseudonym=pseudonym,
        family=family,
        given=given,
    )
