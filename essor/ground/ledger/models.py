from typing import Self

from django.db import models
from django.utils.text import capfirst

from essor.ground.ledger.enums import Actor, LinkKind
from essor.ground.ledger.verbs import DONE_BY_ITSELF, TOLD_WITHOUT_NAME, VERBS
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class FactQuerySet(models.QuerySet["Fact"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def about(self, thing: models.Model) -> Self:
        return self.filter(thing_type=thing._meta.label_lower, thing_id=thing.pk)


class Fact(models.Model):
    """Something that happened. Never changed nor deleted: the database refuses it.

    ``data`` holds figures and codes, never anybody's words, so that an erasure leaves nothing here.
    """

    at = models.DateTimeField(db_index=True)
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=8, choices=Actor)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    thing_type = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    data = models.JSONField(default=dict)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["thing_type", "thing_id", "-at"], name="facts_of_a_thing"),
            models.Index(fields=["territory", "-at"], name="facts_of_a_territory"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor=Actor.PERSON, by__isnull=False)
                | (~models.Q(actor=Actor.PERSON) & models.Q(by__isnull=True)),
                name="fact_by_a_person_if_and_only_if_it_says_so",
            )
        ]

    @property
    def told_by(self) -> str:
        """Who did it, as others may read it: a name, or only that it was a person, a guest or the machine."""
        if self.by is None or self.verb in TOLD_WITHOUT_NAME:
            return str(self.get_actor_display())
        return self.by.shown_name

    @property
    def told_verb(self) -> str:
        """What was done, in words."""
        return str(VERBS[self.verb])

    @property
    def told(self) -> str:
        """The whole sentence for others: who did what, or what happened by itself."""
        return self._sentence(self.told_by)

    @property
    def told_with_name(self) -> str:
        """The whole sentence for a team among itself: who signed in is always named."""
        return self._sentence(self.by.shown_name if self.by else self.told_by)

    def _sentence(self, who: str) -> str:
        if self.by is None and self.verb in DONE_BY_ITSELF:
            return str(DONE_BY_ITSELF[self.verb])
        return f"{capfirst(who)} {self.told_verb}"


class LinkQuerySet(models.QuerySet["Link"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def standing(self) -> Self:
        """Links that nobody has ended."""
        return self.filter(end=None)


class Link(models.Model):
    """One stitch of the thread: ``result`` came, in part, from ``source``. Append-only."""

    at = models.DateTimeField()
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    actor = models.CharField(max_length=8, choices=Actor)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=LinkKind)
    source_type = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    result_type = models.CharField(max_length=60)
    result_id = models.BigIntegerField()

    objects = LinkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["source_type", "source_id"], name="links_from_a_source"),
            models.Index(fields=["result_type", "result_id"], name="links_to_a_result"),
        ]


class LinkEnd(models.Model):
    """A link that no longer holds, who said so and why. Append-only too: the link itself stays."""

    link = models.OneToOneField(Link, models.PROTECT, related_name="end")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200)
