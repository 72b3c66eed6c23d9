import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.serializers.json
from django.db import migrations, models

import icp.common.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("common", "0002_now"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=icp.common.clock.DatabaseNow())),
                ("kind", models.CharField(max_length=60)),
                ("object_id", models.BigIntegerField()),
                (
                    "event",
                    models.CharField(
                        choices=[("insert", "Added"), ("update", "Changed"), ("delete", "Removed")],
                        max_length=6,
                    ),
                ),
                (
                    "changes",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        help_text="The columns that changed, as in status.rag.",
                        size=None,
                    ),
                ),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("place_id", models.BigIntegerField(null=True)),
                ("programme_id", models.BigIntegerField(null=True)),
                ("by_id", models.BigIntegerField(null=True)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("page", "Page"),
                            ("api", "API"),
                            ("import", "Import"),
                            ("task", "Task"),
                            ("command", "Command"),
                            ("sql", "SQL"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "via",
                    models.TextField(
                        blank=True, help_text="The address, task, command or database role."
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "context_id",
                    models.UUIDField(
                        help_text="The same for all that one request or task did.", null=True
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["place_id", "-at", "-id"], name="change_newest"),
                    models.Index(
                        fields=["place_id", "by_id", "-at", "-id"], name="change_by_person"
                    ),
                    models.Index(
                        fields=["place_id", "programme_id", "-at", "-id"],
                        name="change_by_programme",
                    ),
                    models.Index(fields=["place_id", "way", "-at", "-id"], name="change_by_way"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["about", "fields"], name="change_about_fields"
                    ),
                ],
            },
        ),
    ]
