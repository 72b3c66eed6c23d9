"""Tokens of the API end. Those that exist get 90 days from now, so that their programs go on meanwhile."""

from django.db import migrations, models

# The demonstration's clock stands years before the real one, and a token may be made by either.
GIVE_DAYS = "UPDATE accounts_apitoken SET ends_at = greatest(made_at, now()) + interval '90 days'"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sessions_ended_for"),
    ]

    operations = [
        migrations.AddField("apitoken", "ends_at", models.DateTimeField(null=True)),
        migrations.RunSQL(GIVE_DAYS, migrations.RunSQL.noop),
        migrations.AlterField(
            "apitoken",
            "ends_at",
            models.DateTimeField(help_text="The last second of its last day."),
        ),
    ]
