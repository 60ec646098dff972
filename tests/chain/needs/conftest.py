"""A synthesis of twelve voices in three detail groups, two of which stand in one overview group."""

from dataclasses import dataclass

import pytest

from essor.chain.needs.models import Group, Placement, Synthesis
from tests.factories.needs import PlacementFactory, ReadySynthesisFactory, VoiceGroupFactory


@dataclass(frozen=True)
class Laid:
    """What is on the table before anybody touches it."""

    synthesis: Synthesis
    mobility: Group
    care: Group
    buses: Group
    bikes: Group
    doctors: Group

    def voices(self, group: Group) -> list[int]:
        placed = Placement.objects.filter(group=group).order_by("pk")
        return list(placed.values_list("contribution_id", flat=True))


@pytest.fixture
def laid(territory):
    synthesis = ReadySynthesisFactory(territory=territory)
    mobility = VoiceGroupFactory(synthesis=synthesis, label="transports")
    care = VoiceGroupFactory(synthesis=synthesis, label="soins")
    buses = VoiceGroupFactory(synthesis=synthesis, label="bus du soir", parent=mobility)
    bikes = VoiceGroupFactory(synthesis=synthesis, label="pistes cyclables", parent=mobility)
    doctors = VoiceGroupFactory(synthesis=synthesis, label="médecins", parent=care)
    for group in (buses, bikes, doctors):
        for _each in range(4):
            PlacementFactory(group=group, machine_group=group)
    return Laid(synthesis, mobility, care, buses, bikes, doctors)
