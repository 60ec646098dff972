from django.db import migrations, models

from essor.common.full_text import index_again


def mark_hidden(apps, schema_editor):
    """Cards already hidden were listed before, as far as is known."""
    apps.get_model("directory", "Actor").objects.filter(state="hidden").update(hidden_from="listed")


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_what_a_file_said")]

    operations = [
        migrations.AddField(
            model_name="actor",
            name="hidden_from",
            field=models.CharField(blank=True, default="", editable=False, max_length=10),
        ),
        index_again("directory_actor"),
        migrations.RunPython(mark_hidden, migrations.RunPython.noop),
    ]
