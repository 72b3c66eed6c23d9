import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import icp.common.clock
from icp.common.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0002_journal"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("programmes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="programmes.period",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("achievements", "Achievements"),
                                    ("look-ahead", "Look ahead"),
                                    ("exceptions", "Exception report"),
                                    ("now-green", "Now green"),
                                    ("full-plan", "Full plan"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Being built"),
                                    ("failed", "Could not be built"),
                                    ("draft", "Draft"),
                                    ("approved", "Approved"),
                                    ("published", "Published"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("schema", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("content", models.JSONField(blank=True, null=True)),
                        ("narrative", models.TextField(blank=True)),
                        ("is_public", models.BooleanField(default=False)),
                        ("checksum", models.CharField(blank=True, max_length=64)),
                        ("built_at", models.DateTimeField(blank=True, null=True)),
                        ("failure", models.TextField(blank=True)),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="How often building it failed."
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                help_text="Who closed the period, and so may not approve its reports.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("period", "kind"), name="one_report_of_a_kind"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "achievements",
                                            "look-ahead",
                                            "exceptions",
                                            "now-green",
                                            "full-plan",
                                        ],
                                    )
                                ),
                                name="report_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("draft", "approved", "published")),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("built_at__isnull", False),
                                        ("content__isnull", False),
                                        ("schema__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="built_report_has_content",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    models.Q(("approved_by", models.F("closed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="approved_by_another_than_closed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["approved", "published"]),
                                        ("approved_at__isnull", False),
                                        ("approved_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["approved", "published"]), _negated=True
                                        ),
                                        ("approved_at__isnull", True),
                                        ("approved_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="approved_by_someone_at_some_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "published"),
                                        ("published_at__isnull", False),
                                        ("published_by__isnull", False),
                                        models.Q(("checksum", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "published"), _negated=True),
                                        ("checksum", ""),
                                        ("published_at__isnull", True),
                                        ("published_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="published_by_someone_with_a_checksum",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="closer_is_who_closed",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NEW.closed_by_id IS DISTINCT FROM\n                       (SELECT closed_by_id FROM programmes_period WHERE id = NEW.period_id)\n                    THEN\n                        RAISE EXCEPTION 'A report names who closed its period, and nobody else.'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="ceea2efd69fdf9533c7bb1a8b849ac87e79b5b7f",
                                    operation='INSERT OR UPDATE OF "closed_by_id", "period_id", "approved_by_id"',
                                    pgid="pgtrigger_closer_is_who_closed_acff8",
                                    table="boards_report",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="published_never_changes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"state\" = 'published')",
                                    func="\n                    IF TG_OP = 'DELETE' OR\n                       (to_jsonb(NEW) - 'is_public' - 'version')\n                       IS DISTINCT FROM (to_jsonb(OLD) - 'is_public' - 'version')\n                    THEN\n                        RAISE EXCEPTION 'A published report never changes.'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="2fa61daf6cdca1aa2b583e543edc43a75bb62344",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_published_never_changes_233e8",
                                    table="boards_report",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "boards_reportevent" ("approved_at", "approved_by_id", "built_at", "checksum", "closed_by_id", "failure", "id", "is_public", "kind", "narrative", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "schema", "state", "tries", "version") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."built_at", NEW."checksum", NEW."closed_by_id", NEW."failure", NEW."id", NEW."is_public", NEW."kind", NEW."narrative", NEW."period_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."schema", NEW."state", NEW."tries", NEW."version"); RETURN NULL;',
                                    hash="6314a98578b85af49eb85e3198b556ead27c44a3",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_72a4d",
                                    table="boards_report",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."built_at" IS DISTINCT FROM (NEW."built_at") OR OLD."checksum" IS DISTINCT FROM (NEW."checksum") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."failure" IS DISTINCT FROM (NEW."failure") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_public" IS DISTINCT FROM (NEW."is_public") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."narrative" IS DISTINCT FROM (NEW."narrative") OR OLD."period_id" IS DISTINCT FROM (NEW."period_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."schema" IS DISTINCT FROM (NEW."schema") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."tries" IS DISTINCT FROM (NEW."tries") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                                    func='INSERT INTO "boards_reportevent" ("approved_at", "approved_by_id", "built_at", "checksum", "closed_by_id", "failure", "id", "is_public", "kind", "narrative", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "schema", "state", "tries", "version") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."built_at", NEW."checksum", NEW."closed_by_id", NEW."failure", NEW."id", NEW."is_public", NEW."kind", NEW."narrative", NEW."period_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."schema", NEW."state", NEW."tries", NEW."version"); RETURN NULL;',
                                    hash="cc052c0a4380fea2b382601ce143fb00fe2bf8b7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_5b04b",
                                    table="boards_report",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "boards_reportevent" ("approved_at", "approved_by_id", "built_at", "checksum", "closed_by_id", "failure", "id", "is_public", "kind", "narrative", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "schema", "state", "tries", "version") VALUES (OLD."approved_at", OLD."approved_by_id", OLD."built_at", OLD."checksum", OLD."closed_by_id", OLD."failure", OLD."id", OLD."is_public", OLD."kind", OLD."narrative", OLD."period_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."schema", OLD."state", OLD."tries", OLD."version"); RETURN NULL;',
                                    hash="db9ca808c39f20df21d8bfe7e32e4269ee713b4d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1ecb2",
                                    table="boards_report",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r boards_report; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('period_id', OLD.period_id, 'kind', OLD.kind, 'state', OLD.state, 'schema', OLD.schema, 'narrative', OLD.narrative, 'is_public', OLD.is_public, 'checksum', OLD.checksum, 'built_at', OLD.built_at, 'failure', OLD.failure, 'closed_by_id', OLD.closed_by_id, 'approved_by_id', OLD.approved_by_id, 'approved_at', OLD.approved_at, 'published_by_id', OLD.published_by_id, 'published_at', OLD.published_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('period_id', NEW.period_id, 'kind', NEW.kind, 'state', NEW.state, 'schema', NEW.schema, 'narrative', NEW.narrative, 'is_public', NEW.is_public, 'checksum', NEW.checksum, 'built_at', NEW.built_at, 'failure', NEW.failure, 'closed_by_id', NEW.closed_by_id, 'approved_by_id', NEW.approved_by_id, 'approved_at', NEW.approved_at, 'published_by_id', NEW.published_by_id, 'published_at', NEW.published_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('boards.report', TG_OP, r.id, before, after, ARRAY['boards.report:' || r.id]::text[], (SELECT place_id FROM programmes_period WHERE id = r.period_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="46dc0e10920a97cbd7d6f153d01d4ab9b0835183",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_9b61f",
                                    table="boards_report",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="boards.report",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        ("id", models.BigIntegerField()),
                        (
                            "period",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.period",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("achievements", "Achievements"),
                                    ("look-ahead", "Look ahead"),
                                    ("exceptions", "Exception report"),
                                    ("now-green", "Now green"),
                                    ("full-plan", "Full plan"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Being built"),
                                    ("failed", "Could not be built"),
                                    ("draft", "Draft"),
                                    ("approved", "Approved"),
                                    ("published", "Published"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("schema", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("narrative", models.TextField(blank=True)),
                        ("is_public", models.BooleanField(default=False)),
                        ("checksum", models.CharField(blank=True, max_length=64)),
                        ("built_at", models.DateTimeField(blank=True, null=True)),
                        ("failure", models.TextField(blank=True)),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="How often building it failed."
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                help_text="Who closed the period, and so may not approve its reports.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReportFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "report",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pdf",
                                to="boards.report",
                            ),
                        ),
                        ("data", models.BinaryField()),
                        ("checksum", models.CharField(max_length=64)),
                        ("rendered_at", models.DateTimeField()),
                    ],
                    options={
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="kept_as_published",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="88c846c0e396c55d9bf92a9e31a191d951201989",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_kept_as_published_b37e8",
                                    table="boards_reportfile",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Viewing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="viewings",
                                to="boards.report",
                            ),
                        ),
                        (
                            "viewer",
                            models.ForeignKey(
                                blank=True,
                                help_text="Nobody: it was read at the command line.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("page", "Page"),
                                    ("pdf", "PDF"),
                                    ("csv", "CSV"),
                                    ("json", "JSON"),
                                ],
                                max_length=4,
                            ),
                        ),
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
                            "part",
                            models.TextField(
                                blank=True,
                                help_text="What it was narrowed to; empty for all of it.",
                            ),
                        ),
                        (
                            "viewed_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["report", "-viewed_at"], name="viewing_newest")
                        ],
                    },
                ),
            ]
        )
    ]
