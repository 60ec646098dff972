"""Fills a database with a large invented territory, written straight to the tables: only for measuring."""

import os
import random
import sys
from datetime import timedelta

import django
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "essor.config.settings.dev")
django.setup()

from essor.chain.listening.models import Consultation, Contribution, Question, Speaker  # noqa: E402
from essor.chain.needs.models import Evidence, Need, NeedCommune  # noqa: E402
from essor.common import clock  # noqa: E402
from essor.common.text import search_text  # noqa: E402
from essor.ground.gatherings.models import Gathering  # noqa: E402
from essor.ground.ledger.models import Link  # noqa: E402
from essor.ground.people.enums import StakeholderFamily  # noqa: E402
from essor.ground.territories.models import PerimeterCommune, Territory, Theme  # noqa: E402

PHRASES = (
    "le car du soir ne passe plus après dix-neuf heures et les apprentis rentrent à pied il faudrait un "
    "médecin plus près une salle ouverte sans consommer des légumes du marché pour la cantine rénover sans "
    "avancer l’argent la rivière monte vite personne ne prévient un atelier pour réparer les vélos"
)
WORDS = PHRASES.split()
NEEDS, COMMUNES, MEETINGS = 400, 40, 120
BATCH = 5000


def phrase(chance: random.Random) -> str:
    """Ten to forty invented words."""
    return " ".join(chance.choices(WORDS, k=chance.randint(10, 40))).capitalize() + "."


def fill(voices: int) -> int:
    """One territory « charge » with so many voices; returns the key of the need that is measured."""
    chance = random.Random(7)
    now = clock.now()
    territory = Territory.objects.create(name="Charge", slug="charge", languages=["fr"])
    communes = PerimeterCommune.objects.bulk_create(
        PerimeterCommune(territory=territory, code=f"99{n:03d}", name=f"Commune {n}") for n in range(COMMUNES)
    )
    themes = Theme.objects.bulk_create(
        Theme(territory=territory, name=f"Thème {n}", slug=f"theme-{n}", pictogram="sante", position=n)
        for n in range(12)
    )
    consultation = Consultation.objects.create(
        territory=territory, title="Bien vivre", slug="bien-vivre", summary="Une question.", state="open",
        created_at=now, opened_at=now,
    )  # fmt: skip
    questions = Question.objects.bulk_create(
        Question(consultation=consultation, text=f"Question {n} ?", position=n) for n in range(3)
    )
    meetings = Gathering.objects.bulk_create(
        Gathering(
            territory=territory, kind="public_meeting", state="held", title=f"Réunion {n}",
            slug=f"reunion-{n}", starts_at=now - timedelta(days=n + 1), ends_at=now - timedelta(days=n),
            created_at=now, changed_at=now,
        )
        for n in range(MEETINGS)
    )  # fmt: skip
    families = [value for value, _label in StakeholderFamily.choices]
    keys: list[int] = []
    for start in range(0, voices, BATCH):
        size = min(BATCH, voices - start)
        speakers = Speaker.objects.bulk_create(
            Speaker(territory=territory, family=chance.choice(families), created_at=now) for _ in range(size)
        )
        made = []
        for n, speaker in enumerate(speakers):
            words, spoken = phrase(chance), chance.random() < 0.5
            made.append(
                Contribution(
                    territory=territory, consultation=consultation, question=chance.choice(questions),
                    gathering=chance.choice(meetings) if spoken else None, speaker=speaker,
                    theme=chance.choice(themes), channel="meeting" if spoken else "online",
                    state="published", family=speaker.family, words=words, search=search_text(words),
                    commune_code=chance.choice(communes).code, said_at=now - timedelta(seconds=start + n),
                    created_at=now,
                )
            )  # fmt: skip
        keys += [each.pk for each in Contribution.objects.bulk_create(made)]
    needs = Need.objects.bulk_create(
        Need(
            territory=territory, state="to_cover", statement=phrase(chance)[:120], slug=f"besoin-{n}",
            concerns=phrase(chance)[:200], theme=chance.choice(themes), search=search_text(phrase(chance)),
            voices_count=150, people_count=150 - n // 8, meetings_count=40, families_count=1 + n % 6,
            counted_at=now, created_at=now, changed_at=now, published_at=now,
        )
        for n in range(NEEDS)
    )  # fmt: skip
    NeedCommune.objects.bulk_create(
        NeedCommune(need=need, code=each.code) for need in needs for each in chance.sample(communes, 3)
    )
    for need in needs:
        chosen = chance.sample(keys, min(150, len(keys)))
        Evidence.objects.bulk_create(
            Evidence(
                need=need, contribution_id=key, is_quote=rank < 5, position=rank,
                stance="contrary" if rank == 4 else "supports",
            )
            for rank, key in enumerate(chosen)
        )  # fmt: skip
        Link.objects.bulk_create(
            Link(
                at=now, territory=territory, actor="machine", kind="supports", result_type="needs.need",
                source_type="listening.contribution", source_id=key, result_id=need.pk,
            )
            for key in chosen
        )  # fmt: skip
    return needs[7].pk


if __name__ == "__main__":
    from django.db import connection

    key = fill(int(sys.argv[1]))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(key)
