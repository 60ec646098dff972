import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max
from django.db.models.functions import TruncDate


def say_the_last_contact(apps, schema_editor):
    """The last meeting or change of a card already there, whichever is later."""
    holders = apps.get_model("holders", "ProjectHolder").objects
    for holder in holders.annotate(met=Max("encounters__on"), touched=TruncDate("changed_at")).iterator():
        days = [day for day in (holder.met, holder.touched) if day is not None]
        holders.filter(pk=holder.pk).update(last_contact_on=max(days))


class Migration(migrations.Migration):
    dependencies = [("holders", "0002_full_text_search")]

    operations = [
        migrations.AddField("projectholder", "last_contact_on", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "encounter",
            "about",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="added",
                to="holders.encounter",
            ),
        ),
        migrations.AddField("encounter", "removed_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(say_the_last_contact, migrations.RunPython.noop),
        migrations.AddIndex(
            "projectholder", models.Index(fields=["last_contact_on"], name="holders_by_last_contact")
        ),
    ]
