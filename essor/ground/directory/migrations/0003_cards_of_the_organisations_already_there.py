from typing import Any

from django.db import migrations
from django.utils import timezone

from essor.common.text import search_text


def make_cards(apps: Any, schema_editor: Any) -> None:
    organisations = apps.get_model("people", "Organisation")
    cards = apps.get_model("directory", "Actor")
    now = timezone.now()  # noqa: TID251 a migration keeps its own time
    for each in organisations.objects.filter(is_archived=False).exclude(
        pk__in=cards.objects.exclude(organisation=None).values("organisation")
    ):
        cards.objects.create(
            territory_id=each.territory_id,
            kind="organisation",
            state="listed",
            organisation=each,
            name=each.name,
            slug=each.slug,
            family=each.family,
            presentation=each.description,
            website=each.website,
            commune_code=each.commune_code,
            search=search_text(each.name, each.description),
            created_at=now,
            changed_at=now,
        )


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_full_text_search")]

    operations = [migrations.RunPython(make_cards, migrations.RunPython.noop)]
