"""How challenges begin in a territory: the size of the first circle, and whether they are read first."""

from django.db import transaction
from django.utils.translation import gettext as _

from essor.chain.challenges.models import ChallengeRules
from essor.chain.challenges.services.refusals import ChallengeRefused
from essor.ground.ledger import services as ledger
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory

MOST_CIRCLE = 500


@transaction.atomic
def set_rules(*, by: Person, territory: Territory, circle_size: int, read_before: bool) -> ChallengeRules:
    """How challenges begin in this territory."""
    if not 1 <= circle_size <= MOST_CIRCLE:
        raise ChallengeRefused(
            _("Le premier cercle compte de 1 à %(most)d personnes.") % {"most": MOST_CIRCLE}
        )
    rules = rules_of(territory=territory)
    rules.circle_size, rules.read_before = circle_size, read_before
    rules.save()
    ledger.record(
        by=by,
        verb="challenge.rules_changed",
        thing=rules,
        territory=territory,
        data={"circle_size": circle_size, "read_before": read_before},
    )
    return rules


def rules_of(*, territory: Territory) -> ChallengeRules:
    """The rules of a territory; the usual ones when nobody set them."""
    return ChallengeRules.objects.filter(territory=territory).first() or ChallengeRules(territory=territory)
