from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.common.fields import NFCLine, NFCText
from essor.ground.documents.enums import DocumentState
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class DocumentQuerySet(models.QuerySet["Document"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def published(self) -> Self:
        return self.filter(state=DocumentState.PUBLISHED)

    def about(self, thing: models.Model) -> Self:
        return self.filter(thing_type=thing._meta.label_lower, thing_id=thing.pk)


class Document(models.Model):
    """A file people can rely on: each version kept, with its digest."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    title = NFCLine(_("titre"), max_length=160)
    description = NFCText(_("description"), blank=True, max_length=2000)
    state = models.CharField(max_length=10, choices=DocumentState, default=DocumentState.DRAFT)
    thing_type = models.CharField(max_length=60, blank=True)  # what it belongs to, such as a gathering
    thing_id = models.BigIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["thing_type", "thing_id"], name="documents_of_a_thing")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("territory:document", args=[self.territory.slug, self.pk])


class DocumentVersion(models.Model):
    """One file of a document. ``sha256`` is the digest of its bytes, in hexadecimal."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="documents/%Y")
    filename = NFCLine(max_length=160)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_number_once")
        ]
