from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.common.fields import NFCLine
from essor.ground.notices.enums import NoticeKind
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class NoticeQuerySet(models.QuerySet["Notice"]):
    def to(self, person: Person) -> Self:
        return self.filter(person=person)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def undigested(self) -> Self:
        return self.filter(digested_at=None, read_at=None)


class Notice(models.Model):
    """Something told to one person. Notices with the same ``group_key`` are told as one line with a count."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=NoticeKind)
    text = NFCLine(max_length=240)  # a whole sentence, in the person's language
    url = models.CharField(max_length=300)
    group_key = models.CharField(max_length=80)
    count = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    digested_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("avis reçu")
        indexes = [models.Index(fields=["person", "read_at", "-created_at"], name="notices_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "group_key"],
                condition=models.Q(read_at=None, digested_at=None),
                name="unread_notices_of_a_group_are_one",
            )
        ]


class Muted(models.Model):
    """A kind of notice that a person does not want, in one territory or (when empty) in all."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=14, choices=NoticeKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "territory", "kind"],
                condition=models.Q(territory__isnull=False),
                name="kind_muted_once_in_a_territory",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(territory__isnull=True),
                name="kind_muted_once_everywhere",
            ),
        ]
