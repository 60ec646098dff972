from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from essor.chain.opinions.models.conversations import Conversation
from essor.common.fields import NFCLine, NFCText
from essor.ground.people.models import Person
from essor.ground.territories.models import Territory


class MapRequest(models.Model):
    """A map is wanted: one row a conversation, put down by the first vote after the last calculation."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="map_request")
    asked_at = models.DateTimeField()


class OpinionMapQuerySet(models.QuerySet["OpinionMap"]):
    def in_territory(self, territory: Territory) -> Self:
        return self.filter(conversation__territory=territory)


class OpinionMap(models.Model):
    """A dated snapshot of what the engine made of the votes.

    ``method``, ``version``, ``parameters``, ``seed`` and ``input_digest`` (SHA-256 of the ordered votes)
    let the same result be made again. ``result`` (figures, statements, groups, explanations) and ``points``
    (where each participant stands) are zlib-compressed JSON, read by ``selectors.maps``. ``through_vote`` is
    the last vote taken in. A map that is kept is never forgotten when newer ones come.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="maps")
    method = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    parameters = models.JSONField(default=dict)
    seed = models.PositiveIntegerField()
    input_digest = models.CharField(max_length=64)
    through_vote = models.BigIntegerField(default=0)
    computed_at = models.DateTimeField()
    participants_count = models.PositiveIntegerField(default=0)  # on the map
    grouped_count = models.PositiveIntegerField(default=0)
    statements_count = models.PositiveIntegerField(default=0)
    votes_count = models.PositiveIntegerField(default=0)
    groups_count = models.PositiveSmallIntegerField(default=0)
    result = models.BinaryField(editable=False)
    points = models.BinaryField(editable=False)
    is_kept = models.BooleanField(default=False)

    objects = OpinionMapQuerySet.as_manager()

    class Meta:
        ordering = ["-computed_at", "-id"]
        verbose_name = _("carte des opinions")
        indexes = [models.Index(fields=["conversation", "-computed_at", "-id"], name="maps_by_date")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        conversation = self.conversation
        return reverse(
            "territory:conversation_map_of", args=[conversation.territory.slug, conversation.slug, self.pk]
        )


class MapComparison(models.Model):
    """Two maps of one conversation side by side, computed once by a job: ``result`` is as that of a map."""

    earlier = models.ForeignKey(OpinionMap, models.CASCADE, related_name="+")
    later = models.ForeignKey(OpinionMap, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True, blank=True)
    result = models.BinaryField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="two_maps_compared_once"),
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("later")), name="a_map_is_compared_with_another"
            ),
        ]


class MapGroup(models.Model):
    """A group of one map. ``key`` is the same from one map to the next while most of its people stay."""

    map = models.ForeignKey(OpinionMap, models.CASCADE, related_name="groups")
    key = models.PositiveIntegerField()
    index = models.PositiveSmallIntegerField()  # its number in the engine's result
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["index"]
        constraints = [
            models.UniqueConstraint(fields=["map", "key"], name="group_key_once_in_a_map"),
            models.UniqueConstraint(fields=["map", "index"], name="group_index_once_in_a_map"),
        ]


class GroupName(models.Model):
    """The name a facilitator gave to a group after reading it; it follows the group from map to map."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="group_names")
    key = models.PositiveIntegerField()
    name = NFCLine(_("nom"), max_length=80)
    portrait = NFCText(_("en quelques mots"), blank=True, max_length=1000)
    on_map = models.ForeignKey(OpinionMap, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["conversation", "key"], name="group_named_once")]
