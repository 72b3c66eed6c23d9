import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import icp.common.clock
import programmes.models.cycle
import programmes.models.organisation
from icp.common.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_forget_sign_ins"),
        ("audit", "0002_journal"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        CreateModels(
            [
                migrations.CreateModel(
                    name="System",
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
                        ("name", models.CharField(max_length=200, unique=True)),
                        ("slug", models.SlugField(max_length=80, unique=True)),
                    ],
                    options={
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_systemevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."slug"); RETURN NULL;',
                                    hash="46b8cfd88f8190895e296704c896023c2ad589ee",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_fa163",
                                    table="programmes_system",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_systemevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."slug"); RETURN NULL;',
                                    hash="fdd00a4210332bd2ed6c4b1c5fbaf282acd419a4",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d91e0",
                                    table="programmes_system",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_systemevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."id", OLD."name", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."slug"); RETURN NULL;',
                                    hash="8a94cfa10c5c640a0e910c7f9a009c237dab5a84",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_64ed3",
                                    table="programmes_system",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_system; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('name', OLD.name, 'slug', OLD.slug); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('name', NEW.name, 'slug', NEW.slug); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.system', TG_OP, r.id, before, after, ARRAY['programmes.system:' || r.id]::text[], NULL::bigint, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="27b3b41ef3b9839397d805ba61581352e0b9b29d",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_34d0b",
                                    table="programmes_system",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SystemEvent",
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
                                to="programmes.system",
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
                        ("name", models.CharField(max_length=200)),
                        ("slug", models.SlugField(db_index=False, max_length=80)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Place",
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
                            "system",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="programmes.system",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("slug", models.SlugField(max_length=80, unique=True)),
                        (
                            "tolerance_months",
                            models.PositiveSmallIntegerField(
                                default=2,
                                help_text="Slip beyond this many calendar months is red. A programme or an item may be tighter.",
                                validators=[django.core.validators.MaxValueValidator(24)],
                            ),
                        ),
                        (
                            "holidays",
                            models.CharField(
                                choices=[
                                    ("none", "No bank holidays"),
                                    ("england", "Bank holidays in England"),
                                ],
                                default="none",
                                max_length=10,
                            ),
                        ),
                        (
                            "closed_days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DateField(),
                                blank=True,
                                default=list,
                                help_text="Days on which nobody works, beside week-ends and bank holidays.",
                                size=None,
                            ),
                        ),
                        (
                            "worked_holidays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DateField(),
                                blank=True,
                                default=list,
                                help_text="Bank holidays on which people work all the same.",
                                size=None,
                            ),
                        ),
                        (
                            "return_due_working_days",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="Returns are due this many working days after the period ends.",
                                validators=[django.core.validators.MaxValueValidator(20)],
                            ),
                        ),
                        (
                            "reminder_days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=programmes.models.organisation.default_reminder_days,
                                help_text="Reminders go out this many days before the return is due.",
                                size=None,
                            ),
                        ),
                    ],
                    options={
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_placeevent" ("closed_days", "holidays", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminder_days", "return_due_working_days", "slug", "system_id", "tolerance_months", "worked_holidays") VALUES (NEW."closed_days", NEW."holidays", NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."reminder_days", NEW."return_due_working_days", NEW."slug", NEW."system_id", NEW."tolerance_months", NEW."worked_holidays"); RETURN NULL;',
                                    hash="9ac12a28d8676ddb1812ab070f3539dc50b2efa4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_0ff87",
                                    table="programmes_place",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_placeevent" ("closed_days", "holidays", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminder_days", "return_due_working_days", "slug", "system_id", "tolerance_months", "worked_holidays") VALUES (NEW."closed_days", NEW."holidays", NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."reminder_days", NEW."return_due_working_days", NEW."slug", NEW."system_id", NEW."tolerance_months", NEW."worked_holidays"); RETURN NULL;',
                                    hash="271731b42508056eb3244a286e7f64e63a41ee57",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_1ee43",
                                    table="programmes_place",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_placeevent" ("closed_days", "holidays", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminder_days", "return_due_working_days", "slug", "system_id", "tolerance_months", "worked_holidays") VALUES (OLD."closed_days", OLD."holidays", OLD."id", OLD."name", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."reminder_days", OLD."return_due_working_days", OLD."slug", OLD."system_id", OLD."tolerance_months", OLD."worked_holidays"); RETURN NULL;',
                                    hash="4f40df7739e328924c67b394990bac50cc9786cb",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_01f3a",
                                    table="programmes_place",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_place; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('system_id', OLD.system_id, 'name', OLD.name, 'slug', OLD.slug, 'tolerance_months', OLD.tolerance_months, 'holidays', OLD.holidays, 'closed_days', OLD.closed_days, 'worked_holidays', OLD.worked_holidays, 'return_due_working_days', OLD.return_due_working_days, 'reminder_days', OLD.reminder_days); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('system_id', NEW.system_id, 'name', NEW.name, 'slug', NEW.slug, 'tolerance_months', NEW.tolerance_months, 'holidays', NEW.holidays, 'closed_days', NEW.closed_days, 'worked_holidays', NEW.worked_holidays, 'return_due_working_days', NEW.return_due_working_days, 'reminder_days', NEW.reminder_days); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.place', TG_OP, r.id, before, after, ARRAY['programmes.place:' || r.id]::text[], r.id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="d5c8ff70f308f536d7c64dddf01c84ec1c29f1f0",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_5df21",
                                    table="programmes_place",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlaceEvent",
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
                                to="programmes.place",
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
                            "system",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.system",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("slug", models.SlugField(db_index=False, max_length=80)),
                        (
                            "tolerance_months",
                            models.PositiveSmallIntegerField(
                                default=2,
                                help_text="Slip beyond this many calendar months is red. A programme or an item may be tighter.",
                                validators=[django.core.validators.MaxValueValidator(24)],
                            ),
                        ),
                        (
                            "holidays",
                            models.CharField(
                                choices=[
                                    ("none", "No bank holidays"),
                                    ("england", "Bank holidays in England"),
                                ],
                                default="none",
                                max_length=10,
                            ),
                        ),
                        (
                            "closed_days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DateField(),
                                blank=True,
                                default=list,
                                help_text="Days on which nobody works, beside week-ends and bank holidays.",
                                size=None,
                            ),
                        ),
                        (
                            "worked_holidays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.DateField(),
                                blank=True,
                                default=list,
                                help_text="Bank holidays on which people work all the same.",
                                size=None,
                            ),
                        ),
                        (
                            "return_due_working_days",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="Returns are due this many working days after the period ends.",
                                validators=[django.core.validators.MaxValueValidator(20)],
                            ),
                        ),
                        (
                            "reminder_days",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=programmes.models.organisation.default_reminder_days,
                                help_text="Reminders go out this many days before the return is due.",
                                size=None,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="organisations",
                                to="programmes.place",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=40)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "short_name"), name="organisation_once"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_organisationevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "short_name") VALUES (NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."short_name"); RETURN NULL;',
                                    hash="74ddb3f221b9ed91df17ec848208f0fe8627890c",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_e02be",
                                    table="programmes_organisation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_organisationevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "short_name") VALUES (NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."short_name"); RETURN NULL;',
                                    hash="d74c5d52cdd2b85ada658c7acded7b59a3fe2a06",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_fa5e2",
                                    table="programmes_organisation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_organisationevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "short_name") VALUES (OLD."id", OLD."name", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."short_name"); RETURN NULL;',
                                    hash="d01ad1ee15d7715862d183f7e26fd12fa9212a1f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_2f66d",
                                    table="programmes_organisation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_organisation; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'name', OLD.name, 'short_name', OLD.short_name); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'name', NEW.name, 'short_name', NEW.short_name); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.organisation', TG_OP, r.id, before, after, ARRAY['programmes.organisation:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="7fc59a15d578313bac40abe1f9346962255067aa",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_11213",
                                    table="programmes_organisation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationEvent",
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
                                to="programmes.organisation",
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
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=40)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Board",
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
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="boards",
                                to="programmes.place",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=40)),
                        ("slug", models.SlugField(max_length=60)),
                        (
                            "takes_decisions",
                            models.BooleanField(
                                default=True, help_text="A lead may ask this board for a decision."
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "slug"), name="board_once_a_place"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_boardevent" ("id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "short_name", "slug", "takes_decisions") VALUES (NEW."id", NEW."name", NEW."order", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."short_name", NEW."slug", NEW."takes_decisions"); RETURN NULL;',
                                    hash="43162e1e7d2b98f449d9fb72eca896ef37e90549",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f5722",
                                    table="programmes_board",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_boardevent" ("id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "short_name", "slug", "takes_decisions") VALUES (NEW."id", NEW."name", NEW."order", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."short_name", NEW."slug", NEW."takes_decisions"); RETURN NULL;',
                                    hash="bfc0fb5e7dca837ed90dc2be2ed979fd7dfa963e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_db3fe",
                                    table="programmes_board",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_boardevent" ("id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "short_name", "slug", "takes_decisions") VALUES (OLD."id", OLD."name", OLD."order", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."short_name", OLD."slug", OLD."takes_decisions"); RETURN NULL;',
                                    hash="9e7a62cb2ab8aa1cdd79da6280a9ce59e7c7f239",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_21b22",
                                    table="programmes_board",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_board; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'name', OLD.name, 'short_name', OLD.short_name, 'slug', OLD.slug, 'takes_decisions', OLD.takes_decisions, 'order', OLD.order); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'name', NEW.name, 'short_name', NEW.short_name, 'slug', NEW.slug, 'takes_decisions', NEW.takes_decisions, 'order', NEW.order); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.board', TG_OP, r.id, before, after, ARRAY['programmes.board:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="690938eddeb5e41f0580e8e2f47ca907f9c118c5",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_8284a",
                                    table="programmes_board",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoardEvent",
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
                                to="programmes.board",
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
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=40)),
                        ("slug", models.SlugField(db_index=False, max_length=60)),
                        (
                            "takes_decisions",
                            models.BooleanField(
                                default=True, help_text="A lead may ask this board for a decision."
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="BoardMember",
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
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="programmes.board",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="board_seats",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("board", "user"), name="one_seat_a_board"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_boardmemberevent" ("board_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."board_id", NEW."id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;',
                                    hash="1d27ca016b848eb978a1479f814bd65169ddc8c4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_00f65",
                                    table="programmes_boardmember",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_boardmemberevent" ("board_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."board_id", NEW."id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;',
                                    hash="8c9be6e3e36916c0e6d6ee0c08a083c41c2b7445",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_37e51",
                                    table="programmes_boardmember",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_boardmemberevent" ("board_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."board_id", OLD."id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;',
                                    hash="6f1d12bcb8d946a78a8eff3ff283b46eaf88eab3",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_fd5d8",
                                    table="programmes_boardmember",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_boardmember; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('board_id', OLD.board_id, 'user_id', OLD.user_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('board_id', NEW.board_id, 'user_id', NEW.user_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.boardmember', TG_OP, r.id, before, after, ARRAY['programmes.boardmember:' || r.id, 'programmes.board:' || r.board_id, 'accounts.user:' || r.user_id]::text[], (SELECT place_id FROM programmes_board WHERE id = r.board_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="e269bcff235ac564b03d986d741d2329fb6756ad",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_1f634",
                                    table="programmes_boardmember",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoardMemberEvent",
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
                                to="programmes.boardmember",
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
                            "board",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.board",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("office", "Programme office"),
                                    ("finance", "Programme finance lead"),
                                    ("governance", "Governance manager"),
                                    ("risk owner", "Risk owner"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "user", "role"), name="one_role_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "office",
                                            "finance",
                                            "governance",
                                            "risk owner",
                                            "auditor",
                                            "administrator",
                                        ],
                                    )
                                ),
                                name="membership_role_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "role", "user_id") VALUES (NEW."id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."role", NEW."user_id"); RETURN NULL;',
                                    hash="9d8a8505999418b1d1239a481e1244e643eb7375",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ded67",
                                    table="programmes_membership",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "role", "user_id") VALUES (NEW."id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."role", NEW."user_id"); RETURN NULL;',
                                    hash="c8c960750d8991cb67c6ea5337274aba4a2e11e5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9ddff",
                                    table="programmes_membership",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "role", "user_id") VALUES (OLD."id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."role", OLD."user_id"); RETURN NULL;',
                                    hash="1a18ff5b996653721fe3b9a4cd4fb3982310c8c4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_8f6bd",
                                    table="programmes_membership",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_membership; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'user_id', OLD.user_id, 'role', OLD.role); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'user_id', NEW.user_id, 'role', NEW.role); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.membership', TG_OP, r.id, before, after, ARRAY['programmes.membership:' || r.id, 'accounts.user:' || r.user_id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="e061ccfbf43c326fa5f2c697ce52ffe872c011a8",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_61202",
                                    table="programmes_membership",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
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
                                to="programmes.membership",
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
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("office", "Programme office"),
                                    ("finance", "Programme finance lead"),
                                    ("governance", "Governance manager"),
                                    ("risk owner", "Risk owner"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FinanceLead",
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="finance_leads",
                                to="programmes.organisation",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="finance_leads",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "user"), name="finance_lead_once"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_financeleadevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;',
                                    hash="022047825d4486495de2b729b8da90abf29d629c",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_14f04",
                                    table="programmes_financelead",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_financeleadevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;',
                                    hash="2fe63c2ea3101ddfeccac415959f214690bb60d7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_fdb7a",
                                    table="programmes_financelead",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_financeleadevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;',
                                    hash="669045c7fdb343f9aea50cbdaf66f05ff41a6e78",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_cb603",
                                    table="programmes_financelead",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_financelead; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('organisation_id', OLD.organisation_id, 'user_id', OLD.user_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('organisation_id', NEW.organisation_id, 'user_id', NEW.user_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.financelead', TG_OP, r.id, before, after, ARRAY['programmes.financelead:' || r.id, 'accounts.user:' || r.user_id]::text[], (SELECT place_id FROM programmes_organisation WHERE id = r.organisation_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="9305b089ecfa72c2dbaf4becb75a0b265594744f",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_cd3a4",
                                    table="programmes_financelead",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FinanceLeadEvent",
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
                                to="programmes.financelead",
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
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.organisation",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
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
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="programmes",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="What people quote before a row's number, as in IT 11.",
                                max_length=12,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z][A-Z0-9&]*$",
                                        "Use capital letters and digits, as in IT.",
                                    )
                                ],
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("care workstream", "Care workstream"),
                                    ("enabler group", "Enabler group"),
                                    ("programme", "Programme"),
                                    ("project", "Project"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inside",
                                to="programmes.programme",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("live", "Live"),
                                    ("dates subject to review", "Dates subject to review"),
                                    (
                                        "dates subject to SRO approval",
                                        "Dates subject to SRO approval",
                                    ),
                                    ("under construction", "Under construction"),
                                ],
                                default="live",
                                max_length=40,
                            ),
                        ),
                        ("in_scope", models.BooleanField(default=True)),
                        (
                            "tolerance_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(24)],
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "code"), name="programme_code_once_a_place"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent__isnull", True),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="programme_not_inside_itself",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="place_never_changes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."place_id" IS DISTINCT FROM (NEW."place_id"))',
                                    func="\n                    RAISE EXCEPTION 'A programme stays in its place: its history and who may see it hang on it.'\n                        USING ERRCODE = 'restrict_violation';\n                ",
                                    hash="fbdae3bd5e3a982cec88ef25663c7e52509bb6dc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_place_never_changes_45464",
                                    table="programmes_programme",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_programmeevent" ("code", "id", "in_scope", "kind", "name", "order", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "state", "tolerance_months") VALUES (NEW."code", NEW."id", NEW."in_scope", NEW."kind", NEW."name", NEW."order", NEW."parent_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."state", NEW."tolerance_months"); RETURN NULL;',
                                    hash="bd4a0df42385ddc77635358656e4653ff665b6b4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_56ab2",
                                    table="programmes_programme",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_programmeevent" ("code", "id", "in_scope", "kind", "name", "order", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "state", "tolerance_months") VALUES (NEW."code", NEW."id", NEW."in_scope", NEW."kind", NEW."name", NEW."order", NEW."parent_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."state", NEW."tolerance_months"); RETURN NULL;',
                                    hash="057da0402e41a581e2e5c7157dc26324656c8a92",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_af864",
                                    table="programmes_programme",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_programmeevent" ("code", "id", "in_scope", "kind", "name", "order", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "state", "tolerance_months") VALUES (OLD."code", OLD."id", OLD."in_scope", OLD."kind", OLD."name", OLD."order", OLD."parent_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."state", OLD."tolerance_months"); RETURN NULL;',
                                    hash="7ea6f0ba8752d05b0b402531cf78f5d682338b78",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f6c03",
                                    table="programmes_programme",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_programme; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'code', OLD.code, 'name', OLD.name, 'kind', OLD.kind, 'parent_id', OLD.parent_id, 'order', OLD.order, 'state', OLD.state, 'in_scope', OLD.in_scope, 'tolerance_months', OLD.tolerance_months); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'code', NEW.code, 'name', NEW.name, 'kind', NEW.kind, 'parent_id', NEW.parent_id, 'order', NEW.order, 'state', NEW.state, 'in_scope', NEW.in_scope, 'tolerance_months', NEW.tolerance_months); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.programme', TG_OP, r.id, before, after, ARRAY['programmes.programme:' || r.id]::text[], r.place_id, r.id, '');\nRETURN NULL;\n",
                                    hash="87f62cff3d217750de679cdbda2bf1ce68b09abf",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_9e1f9",
                                    table="programmes_programme",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgrammeEvent",
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
                                to="programmes.programme",
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
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="What people quote before a row's number, as in IT 11.",
                                max_length=12,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z][A-Z0-9&]*$",
                                        "Use capital letters and digits, as in IT.",
                                    )
                                ],
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("care workstream", "Care workstream"),
                                    ("enabler group", "Enabler group"),
                                    ("programme", "Programme"),
                                    ("project", "Project"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("live", "Live"),
                                    ("dates subject to review", "Dates subject to review"),
                                    (
                                        "dates subject to SRO approval",
                                        "Dates subject to SRO approval",
                                    ),
                                    ("under construction", "Under construction"),
                                ],
                                default="live",
                                max_length=40,
                            ),
                        ),
                        ("in_scope", models.BooleanField(default=True)),
                        (
                            "tolerance_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(24)],
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Post",
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
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="posts",
                                to="programmes.place",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="posts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "title"), name="post_once_a_place"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_postevent" ("holder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "title") VALUES (NEW."holder_id", NEW."id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."title"); RETURN NULL;',
                                    hash="a9abb66c28620a55fd909c9c2ac754ab5145d164",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_cb1c5",
                                    table="programmes_post",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_postevent" ("holder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "title") VALUES (NEW."holder_id", NEW."id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."title"); RETURN NULL;',
                                    hash="9d16ae3e734a7f04c01b0e591eda2971e70bcc3a",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_09a35",
                                    table="programmes_post",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_postevent" ("holder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "title") VALUES (OLD."holder_id", OLD."id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."title"); RETURN NULL;',
                                    hash="fbc893de469475c67779e63ef30b768796750db1",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_87fbf",
                                    table="programmes_post",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_post; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'title', OLD.title, 'holder_id', OLD.holder_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'title', NEW.title, 'holder_id', NEW.holder_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.post', TG_OP, r.id, before, after, ARRAY['programmes.post:' || r.id, 'accounts.user:' || (CASE WHEN TG_OP <> 'DELETE' THEN NEW.holder_id END), 'accounts.user:' || (CASE WHEN TG_OP <> 'INSERT' THEN OLD.holder_id END)]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="03b4c5ac50434ac8d7514947767d359aa2d4d9df",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_bb586",
                                    table="programmes_post",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PostEvent",
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
                                to="programmes.post",
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
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        (
                            "holder",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Leadership",
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
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="leadership",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "Lead"),
                                    ("deputy", "Deputy lead"),
                                    ("sro", "SRO or chair"),
                                    ("accountable", "Accountable officer"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="programmes.post",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "role", "post"), name="duty_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("role", "accountable")),
                                fields=("programme",),
                                name="one_accountable_officer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("role__in", ["lead", "deputy", "sro", "accountable"])
                                ),
                                name="leadership_role_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_leadershipevent" ("id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "programme_id", "role") VALUES (NEW."id", NEW."order", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."post_id", NEW."programme_id", NEW."role"); RETURN NULL;',
                                    hash="d762ce8526604e7daec0d16a7a351adc3a6dd902",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_8ce2e",
                                    table="programmes_leadership",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_leadershipevent" ("id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "programme_id", "role") VALUES (NEW."id", NEW."order", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."post_id", NEW."programme_id", NEW."role"); RETURN NULL;',
                                    hash="92786cbc7a916bc5de69da72aa48b238306a3386",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d54fd",
                                    table="programmes_leadership",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_leadershipevent" ("id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "programme_id", "role") VALUES (OLD."id", OLD."order", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."post_id", OLD."programme_id", OLD."role"); RETURN NULL;',
                                    hash="4b8aa0e34e38bb1a9d9aada6a12f752affd83749",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f5c7b",
                                    table="programmes_leadership",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_leadership; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('programme_id', OLD.programme_id, 'role', OLD.role, 'post_id', OLD.post_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('programme_id', NEW.programme_id, 'role', NEW.role, 'post_id', NEW.post_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.leadership', TG_OP, r.id, before, after, ARRAY['programmes.leadership:' || r.id, 'programmes.programme:' || r.programme_id]::text[], (SELECT place_id FROM programmes_programme WHERE id = r.programme_id), r.programme_id, '');\nRETURN NULL;\n",
                                    hash="2c9c25187b9668758cb36937d92a2dc7af9f6793",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_eb98e",
                                    table="programmes_leadership",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadershipEvent",
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
                                to="programmes.leadership",
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
                            "programme",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "Lead"),
                                    ("deputy", "Deputy lead"),
                                    ("sro", "SRO or chair"),
                                    ("accountable", "Accountable officer"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.post",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Period",
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
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="periods",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                help_text="In addresses: 2020-01 for January 2020.", max_length=10
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("due_on", models.DateField(help_text="The day returns are due.")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("closing", "Closing: returns are due"),
                                    ("closed", "Closed"),
                                    ("published", "Published"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "key"), name="period_key_once_a_place"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_on__lte", models.F("ends_on")),
                                    ("due_on__gte", models.F("starts_on")),
                                ),
                                name="period_starts_before_it_ends",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["open", "closing", "closed", "published"])
                                ),
                                name="period_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", True),
                                        ("closed_by__isnull", True),
                                        ("state__in", ("open", "closing")),
                                    ),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                        ("state__in", ("closed", "published")),
                                    ),
                                    _connector="OR",
                                ),
                                name="closed_by_someone_at_some_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("published_at__isnull", False), ("state", "published")
                                    ),
                                    models.Q(
                                        models.Q(("state", "published"), _negated=True),
                                        ("published_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="published_at_some_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        programmes.models.cycle.DateRange(
                                            "starts_on",
                                            "ends_on",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_upper=True
                                            ),
                                        ),
                                        "&&",
                                    ),
                                    ("place", "="),
                                ],
                                name="periods_do_not_overlap",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="closed_period_never_changes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"state\" IN ('closed', 'published'))",
                                    func="\n                    IF TG_OP = 'DELETE' THEN\n                        RAISE EXCEPTION 'A closed period cannot be removed.';\n                    END IF;\n                    IF (NEW.place_id, NEW.key, NEW.name, NEW.starts_on, NEW.ends_on, NEW.due_on,\n                        NEW.closed_at, NEW.closed_by_id)\n                       IS DISTINCT FROM\n                       (OLD.place_id, OLD.key, OLD.name, OLD.starts_on, OLD.ends_on, OLD.due_on,\n                        OLD.closed_at, OLD.closed_by_id)\n                       OR NOT (NEW.state = OLD.state OR NEW.state = 'published')\n                       OR (OLD.state = 'published'\n                           AND NEW.published_at IS DISTINCT FROM OLD.published_at)\n                    THEN\n                        RAISE EXCEPTION 'A closed period never changes.';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="80adc288e339ae2c82980c2309feaefff0ae6717",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_closed_period_never_changes_bc6ec",
                                    table="programmes_period",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_periodevent" ("closed_at", "closed_by_id", "due_on", "ends_on", "id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "published_at", "starts_on", "state") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."due_on", NEW."ends_on", NEW."id", NEW."key", NEW."name", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."published_at", NEW."starts_on", NEW."state"); RETURN NULL;',
                                    hash="960e4647df5596b16ada50d1598c31ad0d7ebecd",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_19395",
                                    table="programmes_period",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_periodevent" ("closed_at", "closed_by_id", "due_on", "ends_on", "id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "published_at", "starts_on", "state") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."due_on", NEW."ends_on", NEW."id", NEW."key", NEW."name", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."published_at", NEW."starts_on", NEW."state"); RETURN NULL;',
                                    hash="5663290a3ed3089336bd61a11b4f14cdb7d2e266",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b58f4",
                                    table="programmes_period",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_periodevent" ("closed_at", "closed_by_id", "due_on", "ends_on", "id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "published_at", "starts_on", "state") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."due_on", OLD."ends_on", OLD."id", OLD."key", OLD."name", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."published_at", OLD."starts_on", OLD."state"); RETURN NULL;',
                                    hash="3ed4772edb50c5907adc1242435b8843bb50b140",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ce272",
                                    table="programmes_period",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_period; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'key', OLD.key, 'name', OLD.name, 'starts_on', OLD.starts_on, 'ends_on', OLD.ends_on, 'due_on', OLD.due_on, 'state', OLD.state, 'closed_at', OLD.closed_at, 'closed_by_id', OLD.closed_by_id, 'published_at', OLD.published_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'key', NEW.key, 'name', NEW.name, 'starts_on', NEW.starts_on, 'ends_on', NEW.ends_on, 'due_on', NEW.due_on, 'state', NEW.state, 'closed_at', NEW.closed_at, 'closed_by_id', NEW.closed_by_id, 'published_at', NEW.published_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.period', TG_OP, r.id, before, after, ARRAY['programmes.period:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="9617a334d3f9082b32413473e2f6c8b470931239",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_a4f5f",
                                    table="programmes_period",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanItem",
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
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="programmes.programme",
                            ),
                        ),
                        ("plan_id", models.CharField(max_length=20, verbose_name="number")),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveIntegerField(
                                help_text="The author's order within the programme."
                            ),
                        ),
                        ("outline_level", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("summary", "Summary"),
                                    ("task", "Task"),
                                    ("milestone", "Milestone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=500)),
                        ("start", models.DateField(blank=True, null=True)),
                        ("start_tbc", models.BooleanField(default=False)),
                        ("finish", models.DateField(blank=True, null=True)),
                        ("finish_tbc", models.BooleanField(default=False)),
                        (
                            "declared_duration",
                            models.CharField(
                                blank=True,
                                help_text="As the source prints it, such as 43 days?",
                                max_length=40,
                            ),
                        ),
                        ("declared_days", models.PositiveIntegerField(blank=True, null=True)),
                        ("duration_estimated", models.BooleanField(default=False)),
                        (
                            "scheduling",
                            models.CharField(
                                choices=[("auto", "Automatic"), ("manual", "Manual")],
                                default="auto",
                                max_length=10,
                            ),
                        ),
                        (
                            "ticked",
                            models.BooleanField(
                                default=False, help_text="Complete in the plan as it was imported."
                            ),
                        ),
                        (
                            "ticked_in",
                            models.ForeignKey(
                                blank=True,
                                help_text="The period whose import first brought the tick; empty before the first period.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.period",
                            ),
                        ),
                        ("baseline_start", models.DateField(blank=True, null=True)),
                        ("baseline_finish", models.DateField(blank=True, null=True)),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="items",
                                to="programmes.post",
                            ),
                        ),
                        (
                            "tolerance_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(24)],
                            ),
                        ),
                        (
                            "tbc_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="programmes.post",
                            ),
                        ),
                        ("tbc_by", models.DateField(blank=True, null=True)),
                        ("tbc_since", models.DateField(blank=True, null=True)),
                        (
                            "is_placeholder",
                            models.BooleanField(
                                default=False, help_text="It stands for rows still to come."
                            ),
                        ),
                        ("notes", models.TextField(blank=True)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("programme", "Its programme"),
                                    ("place", "The place"),
                                    ("board", "The boards"),
                                ],
                                default="programme",
                                max_length=10,
                            ),
                        ),
                        (
                            "split_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="split_into",
                                to="programmes.planitem",
                            ),
                        ),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("removed_because", models.TextField(blank=True)),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=1,
                                editable=False,
                                help_text="Counts the changes of what its author wrote.",
                            ),
                        ),
                        ("is_complete", models.BooleanField(default=False, editable=False)),
                        (
                            "forecast_finish",
                            models.DateField(blank=True, editable=False, null=True),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(
                                db_default=icp.common.clock.DatabaseNow(),
                                editable=False,
                                help_text="By the portal's clock.",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    models.Q(("kind", "summary"), _negated=True),
                                    ("removed_at__isnull", True),
                                    ("is_complete", False),
                                ),
                                fields=["programme", "baseline_finish"],
                                include=("position", "id"),
                                name="item_open_by_finish",
                            ),
                            models.Index(
                                models.F("baseline_finish"),
                                condition=models.Q(
                                    models.Q(("kind", "summary"), _negated=True),
                                    ("removed_at__isnull", True),
                                    ("is_complete", False),
                                ),
                                name="item_open_finish",
                            ),
                            models.Index(
                                models.F("forecast_finish"),
                                condition=models.Q(
                                    models.Q(("kind", "summary"), _negated=True),
                                    ("removed_at__isnull", True),
                                    ("is_complete", False),
                                    ("forecast_finish__isnull", False),
                                ),
                                name="item_open_forecast",
                            ),
                            models.Index(
                                models.F("programme"),
                                condition=models.Q(
                                    models.Q(("kind", "summary"), _negated=True),
                                    ("removed_at__isnull", True),
                                    ("is_complete", True),
                                ),
                                name="item_complete",
                            ),
                            models.Index(
                                models.F("programme"),
                                condition=models.Q(
                                    models.Q(("kind", "summary"), _negated=True),
                                    ("removed_at__isnull", True),
                                    models.Q(("level", "programme"), _negated=True),
                                ),
                                name="item_promoted",
                            ),
                            models.Index(
                                models.F("programme"),
                                condition=models.Q(
                                    models.Q(("kind", "summary"), _negated=True),
                                    ("removed_at__isnull", True),
                                    ("is_complete", False),
                                    ("baseline_finish__isnull", True),
                                    ("forecast_finish__isnull", True),
                                ),
                                name="item_undated",
                            ),
                            models.Index(
                                models.F("programme"),
                                django.db.models.functions.comparison.Coalesce(
                                    "forecast_finish", "baseline_finish", "finish"
                                ),
                                condition=models.Q(
                                    models.Q(("kind", "summary"), _negated=True),
                                    ("removed_at__isnull", True),
                                ),
                                name="item_last_finish",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "plan_id"), name="number_once"
                            ),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("programme", "position"),
                                name="position_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["summary", "task", "milestone"])),
                                name="item_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["programme", "place", "board"])),
                                name="item_level_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("start__isnull", True), ("start_tbc", False), _connector="OR"
                                ),
                                name="start_given_or_tbc",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("finish__isnull", True), ("finish_tbc", False), _connector="OR"
                                ),
                                name="finish_given_or_tbc",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("start__isnull", True),
                                    ("finish__isnull", True),
                                    ("start__lte", models.F("finish")),
                                    _connector="OR",
                                ),
                                name="item_starts_before_it_finishes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent__isnull", True),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="item_not_inside_itself",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_of_item",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\nSELECT\n    COALESCE(\n        (SELECT s.rag = 'complete' FROM programmes_status s\n         JOIN programmes_period p ON p.id = s.period_id\n         WHERE s.item_id = NEW.id AND s.rag IS NOT NULL ORDER BY p.ends_on DESC LIMIT 1),\n        NEW.ticked\n    ),\n    (SELECT s.forecast_finish FROM programmes_status s\n     JOIN programmes_period p ON p.id = s.period_id\n     WHERE s.item_id = NEW.id AND s.forecast_finish IS NOT NULL ORDER BY p.ends_on DESC LIMIT 1)\n INTO NEW.is_complete, NEW.forecast_finish; RETURN NEW;",
                                    hash="624e14b199051ccc3af15f71472ef704f7de41e0",
                                    operation='INSERT OR UPDATE OF "ticked"',
                                    pgid="pgtrigger_state_of_item_6ab35",
                                    table="programmes_planitem",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="changed_now",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."baseline_finish" IS DISTINCT FROM (NEW."baseline_finish") OR OLD."baseline_start" IS DISTINCT FROM (NEW."baseline_start") OR OLD."declared_days" IS DISTINCT FROM (NEW."declared_days") OR OLD."declared_duration" IS DISTINCT FROM (NEW."declared_duration") OR OLD."duration_estimated" IS DISTINCT FROM (NEW."duration_estimated") OR OLD."finish" IS DISTINCT FROM (NEW."finish") OR OLD."finish_tbc" IS DISTINCT FROM (NEW."finish_tbc") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_placeholder" IS DISTINCT FROM (NEW."is_placeholder") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."notes" IS DISTINCT FROM (NEW."notes") OR OLD."outline_level" IS DISTINCT FROM (NEW."outline_level") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."removed_because" IS DISTINCT FROM (NEW."removed_because") OR OLD."scheduling" IS DISTINCT FROM (NEW."scheduling") OR OLD."split_from_id" IS DISTINCT FROM (NEW."split_from_id") OR OLD."start" IS DISTINCT FROM (NEW."start") OR OLD."start_tbc" IS DISTINCT FROM (NEW."start_tbc") OR OLD."tbc_by" IS DISTINCT FROM (NEW."tbc_by") OR OLD."tbc_from_id" IS DISTINCT FROM (NEW."tbc_from_id") OR OLD."tbc_since" IS DISTINCT FROM (NEW."tbc_since") OR OLD."ticked" IS DISTINCT FROM (NEW."ticked") OR OLD."ticked_in_id" IS DISTINCT FROM (NEW."ticked_in_id") OR OLD."tolerance_months" IS DISTINCT FROM (NEW."tolerance_months"))',
                                    func="NEW.changed_at := icp_now(); NEW.version := OLD.version + 1; RETURN NEW;",
                                    hash="6fd32b6954cd2e95296b7c7b8a7df359a4999a19",
                                    operation="UPDATE",
                                    pgid="pgtrigger_changed_now_aa50c",
                                    table="programmes_planitem",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="number_never_changes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id"))',
                                    func="\n                    RAISE EXCEPTION 'A row keeps its number and its programme for good:'\n                        ' people quote it, and its history stands under it. Add a new row instead.'\n                        USING ERRCODE = 'restrict_violation';\n                ",
                                    hash="77b3126eaf29718311a5798a9bdcb44bbcb6accd",
                                    operation="UPDATE",
                                    pgid="pgtrigger_number_never_changes_5d396",
                                    table="programmes_planitem",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_planitemevent" ("baseline_finish", "baseline_start", "changed_at", "declared_days", "declared_duration", "duration_estimated", "finish", "finish_tbc", "forecast_finish", "id", "is_complete", "is_placeholder", "kind", "level", "name", "notes", "outline_level", "owner_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "programme_id", "removed_at", "removed_because", "scheduling", "split_from_id", "start", "start_tbc", "tbc_by", "tbc_from_id", "tbc_since", "ticked", "ticked_in_id", "tolerance_months", "version") VALUES (NEW."baseline_finish", NEW."baseline_start", NEW."changed_at", NEW."declared_days", NEW."declared_duration", NEW."duration_estimated", NEW."finish", NEW."finish_tbc", NEW."forecast_finish", NEW."id", NEW."is_complete", NEW."is_placeholder", NEW."kind", NEW."level", NEW."name", NEW."notes", NEW."outline_level", NEW."owner_id", NEW."parent_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."plan_id", NEW."position", NEW."programme_id", NEW."removed_at", NEW."removed_because", NEW."scheduling", NEW."split_from_id", NEW."start", NEW."start_tbc", NEW."tbc_by", NEW."tbc_from_id", NEW."tbc_since", NEW."ticked", NEW."ticked_in_id", NEW."tolerance_months", NEW."version"); RETURN NULL;',
                                    hash="6732c3dd4a61a9eec628cebb7888d9884a91a429",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_33702",
                                    table="programmes_planitem",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_planitemevent" ("baseline_finish", "baseline_start", "changed_at", "declared_days", "declared_duration", "duration_estimated", "finish", "finish_tbc", "forecast_finish", "id", "is_complete", "is_placeholder", "kind", "level", "name", "notes", "outline_level", "owner_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "programme_id", "removed_at", "removed_because", "scheduling", "split_from_id", "start", "start_tbc", "tbc_by", "tbc_from_id", "tbc_since", "ticked", "ticked_in_id", "tolerance_months", "version") VALUES (NEW."baseline_finish", NEW."baseline_start", NEW."changed_at", NEW."declared_days", NEW."declared_duration", NEW."duration_estimated", NEW."finish", NEW."finish_tbc", NEW."forecast_finish", NEW."id", NEW."is_complete", NEW."is_placeholder", NEW."kind", NEW."level", NEW."name", NEW."notes", NEW."outline_level", NEW."owner_id", NEW."parent_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."plan_id", NEW."position", NEW."programme_id", NEW."removed_at", NEW."removed_because", NEW."scheduling", NEW."split_from_id", NEW."start", NEW."start_tbc", NEW."tbc_by", NEW."tbc_from_id", NEW."tbc_since", NEW."ticked", NEW."ticked_in_id", NEW."tolerance_months", NEW."version"); RETURN NULL;',
                                    hash="cd0ee68ff5e4a7a5f26d380a248f4b5c52db2a41",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_41faf",
                                    table="programmes_planitem",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_planitemevent" ("baseline_finish", "baseline_start", "changed_at", "declared_days", "declared_duration", "duration_estimated", "finish", "finish_tbc", "forecast_finish", "id", "is_complete", "is_placeholder", "kind", "level", "name", "notes", "outline_level", "owner_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "programme_id", "removed_at", "removed_because", "scheduling", "split_from_id", "start", "start_tbc", "tbc_by", "tbc_from_id", "tbc_since", "ticked", "ticked_in_id", "tolerance_months", "version") VALUES (OLD."baseline_finish", OLD."baseline_start", OLD."changed_at", OLD."declared_days", OLD."declared_duration", OLD."duration_estimated", OLD."finish", OLD."finish_tbc", OLD."forecast_finish", OLD."id", OLD."is_complete", OLD."is_placeholder", OLD."kind", OLD."level", OLD."name", OLD."notes", OLD."outline_level", OLD."owner_id", OLD."parent_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."plan_id", OLD."position", OLD."programme_id", OLD."removed_at", OLD."removed_because", OLD."scheduling", OLD."split_from_id", OLD."start", OLD."start_tbc", OLD."tbc_by", OLD."tbc_from_id", OLD."tbc_since", OLD."ticked", OLD."ticked_in_id", OLD."tolerance_months", OLD."version"); RETURN NULL;',
                                    hash="e7e8e9f53c522582532fe46e0252d0e832503208",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ea6dc",
                                    table="programmes_planitem",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_planitem; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('programme_id', OLD.programme_id, 'plan_id', OLD.plan_id, 'parent_id', OLD.parent_id, 'position', OLD.position, 'outline_level', OLD.outline_level, 'kind', OLD.kind, 'name', OLD.name, 'start', OLD.start, 'start_tbc', OLD.start_tbc, 'finish', OLD.finish, 'finish_tbc', OLD.finish_tbc, 'declared_duration', OLD.declared_duration, 'declared_days', OLD.declared_days, 'duration_estimated', OLD.duration_estimated, 'scheduling', OLD.scheduling, 'ticked', OLD.ticked, 'ticked_in_id', OLD.ticked_in_id, 'baseline_start', OLD.baseline_start, 'baseline_finish', OLD.baseline_finish, 'owner_id', OLD.owner_id, 'tolerance_months', OLD.tolerance_months, 'tbc_from_id', OLD.tbc_from_id, 'tbc_by', OLD.tbc_by, 'tbc_since', OLD.tbc_since, 'is_placeholder', OLD.is_placeholder, 'notes', OLD.notes, 'level', OLD.level, 'split_from_id', OLD.split_from_id, 'removed_at', OLD.removed_at, 'removed_because', OLD.removed_because); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('programme_id', NEW.programme_id, 'plan_id', NEW.plan_id, 'parent_id', NEW.parent_id, 'position', NEW.position, 'outline_level', NEW.outline_level, 'kind', NEW.kind, 'name', NEW.name, 'start', NEW.start, 'start_tbc', NEW.start_tbc, 'finish', NEW.finish, 'finish_tbc', NEW.finish_tbc, 'declared_duration', NEW.declared_duration, 'declared_days', NEW.declared_days, 'duration_estimated', NEW.duration_estimated, 'scheduling', NEW.scheduling, 'ticked', NEW.ticked, 'ticked_in_id', NEW.ticked_in_id, 'baseline_start', NEW.baseline_start, 'baseline_finish', NEW.baseline_finish, 'owner_id', NEW.owner_id, 'tolerance_months', NEW.tolerance_months, 'tbc_from_id', NEW.tbc_from_id, 'tbc_by', NEW.tbc_by, 'tbc_since', NEW.tbc_since, 'is_placeholder', NEW.is_placeholder, 'notes', NEW.notes, 'level', NEW.level, 'split_from_id', NEW.split_from_id, 'removed_at', NEW.removed_at, 'removed_because', NEW.removed_because); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.planitem', TG_OP, r.id, before, after, ARRAY['programmes.planitem:' || r.id]::text[], (SELECT place_id FROM programmes_programme WHERE id = r.programme_id), r.programme_id, '');\nRETURN NULL;\n",
                                    hash="ead7951d99928a14b0c9f139f97254d940dda3d4",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_9ac39",
                                    table="programmes_planitem",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanItemEvent",
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
                                to="programmes.planitem",
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
                            "programme",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        ("plan_id", models.CharField(max_length=20, verbose_name="number")),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveIntegerField(
                                help_text="The author's order within the programme."
                            ),
                        ),
                        ("outline_level", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("summary", "Summary"),
                                    ("task", "Task"),
                                    ("milestone", "Milestone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=500)),
                        ("start", models.DateField(blank=True, null=True)),
                        ("start_tbc", models.BooleanField(default=False)),
                        ("finish", models.DateField(blank=True, null=True)),
                        ("finish_tbc", models.BooleanField(default=False)),
                        (
                            "declared_duration",
                            models.CharField(
                                blank=True,
                                help_text="As the source prints it, such as 43 days?",
                                max_length=40,
                            ),
                        ),
                        ("declared_days", models.PositiveIntegerField(blank=True, null=True)),
                        ("duration_estimated", models.BooleanField(default=False)),
                        (
                            "scheduling",
                            models.CharField(
                                choices=[("auto", "Automatic"), ("manual", "Manual")],
                                default="auto",
                                max_length=10,
                            ),
                        ),
                        (
                            "ticked",
                            models.BooleanField(
                                default=False, help_text="Complete in the plan as it was imported."
                            ),
                        ),
                        (
                            "ticked_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The period whose import first brought the tick; empty before the first period.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.period",
                            ),
                        ),
                        ("baseline_start", models.DateField(blank=True, null=True)),
                        ("baseline_finish", models.DateField(blank=True, null=True)),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.post",
                            ),
                        ),
                        (
                            "tolerance_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(24)],
                            ),
                        ),
                        (
                            "tbc_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.post",
                            ),
                        ),
                        ("tbc_by", models.DateField(blank=True, null=True)),
                        ("tbc_since", models.DateField(blank=True, null=True)),
                        (
                            "is_placeholder",
                            models.BooleanField(
                                default=False, help_text="It stands for rows still to come."
                            ),
                        ),
                        ("notes", models.TextField(blank=True)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("programme", "Its programme"),
                                    ("place", "The place"),
                                    ("board", "The boards"),
                                ],
                                default="programme",
                                max_length=10,
                            ),
                        ),
                        (
                            "split_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("removed_because", models.TextField(blank=True)),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=1,
                                editable=False,
                                help_text="Counts the changes of what its author wrote.",
                            ),
                        ),
                        ("is_complete", models.BooleanField(default=False, editable=False)),
                        (
                            "forecast_finish",
                            models.DateField(blank=True, editable=False, null=True),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(
                                db_default=icp.common.clock.DatabaseNow(),
                                editable=False,
                                help_text="By the portal's clock.",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ChangeRequest",
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
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="change_requests",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="change_requests",
                                to="programmes.place",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("why", models.TextField(blank=True)),
                        ("effect_on_rows", models.TextField(blank=True)),
                        ("effect_on_risks", models.TextField(blank=True)),
                        ("effect_on_money", models.TextField(blank=True)),
                        ("effect_on_outcomes", models.TextField(blank=True)),
                        ("consulted", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("proposed", "Proposed"),
                                    ("programme agreed", "Agreed by the programme"),
                                    ("office agreed", "Agreed by the programme office"),
                                    ("agreed", "Agreed"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expired", "Expired"),
                                ],
                                default="draft",
                                max_length=20,
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "drafted_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "programme_agreed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("programme_agreed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "office_agreed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("office_agreed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="refused or withdrawn by",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_because", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "touched_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("programme"), models.F("state"), name="change_by_state"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "number"), name="change_number_once_a_place"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "proposed",
                                            "programme agreed",
                                            "office agreed",
                                            "agreed",
                                            "refused",
                                            "withdrawn",
                                            "expired",
                                        ],
                                    )
                                ),
                                name="change_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("programme_agreed_by__isnull", True),
                                    ("office_agreed_by__isnull", True),
                                    models.Q(
                                        ("programme_agreed_by", models.F("office_agreed_by")),
                                        _negated=True,
                                    ),
                                    _connector="OR",
                                ),
                                name="change_agreed_by_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("programme agreed", "agreed")),
                                            _negated=True,
                                        ),
                                        models.Q(
                                            ("programme_agreed_at__isnull", False),
                                            ("programme_agreed_by__isnull", False),
                                        ),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("office agreed", "agreed")),
                                            _negated=True,
                                        ),
                                        models.Q(
                                            ("office_agreed_at__isnull", False),
                                            ("office_agreed_by__isnull", False),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="change_agreed_by_someone_at_some_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    models.Q(
                                        ("proposed_at__isnull", False),
                                        ("proposed_by__isnull", False),
                                    ),
                                    ("state__in", ["withdrawn", "expired"]),
                                    _connector="OR",
                                ),
                                name="change_proposed_by_someone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["refused", "withdrawn"]), _negated=True
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False), ("ended_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="change_ended_by_someone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("ended_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="change_refused_because",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="ended_request_stands",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"state\" IN ('agreed', 'refused', 'withdrawn', 'expired'))",
                                    func="\n                    RAISE EXCEPTION 'The change request has ended: it never changes.'\n                        USING ERRCODE = 'restrict_violation';\n                ",
                                    hash="fa4b87cfa64c7709da524ca8a5b7508d00214006",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_ended_request_stands_b7eb0",
                                    table="programmes_changerequest",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_changerequestevent" ("consulted", "drafted_at", "drafted_by_id", "effect_on_money", "effect_on_outcomes", "effect_on_risks", "effect_on_rows", "ended_at", "ended_because", "ended_by_id", "id", "number", "office_agreed_at", "office_agreed_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "programme_agreed_at", "programme_agreed_by_id", "programme_id", "proposed_at", "proposed_by_id", "state", "title", "touched_at", "version", "why") VALUES (NEW."consulted", NEW."drafted_at", NEW."drafted_by_id", NEW."effect_on_money", NEW."effect_on_outcomes", NEW."effect_on_risks", NEW."effect_on_rows", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."id", NEW."number", NEW."office_agreed_at", NEW."office_agreed_by_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."programme_agreed_at", NEW."programme_agreed_by_id", NEW."programme_id", NEW."proposed_at", NEW."proposed_by_id", NEW."state", NEW."title", NEW."touched_at", NEW."version", NEW."why"); RETURN NULL;',
                                    hash="6148976c6a28a0d15017f4241978661a2fbcebdd",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_3da29",
                                    table="programmes_changerequest",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_changerequestevent" ("consulted", "drafted_at", "drafted_by_id", "effect_on_money", "effect_on_outcomes", "effect_on_risks", "effect_on_rows", "ended_at", "ended_because", "ended_by_id", "id", "number", "office_agreed_at", "office_agreed_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "programme_agreed_at", "programme_agreed_by_id", "programme_id", "proposed_at", "proposed_by_id", "state", "title", "touched_at", "version", "why") VALUES (NEW."consulted", NEW."drafted_at", NEW."drafted_by_id", NEW."effect_on_money", NEW."effect_on_outcomes", NEW."effect_on_risks", NEW."effect_on_rows", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."id", NEW."number", NEW."office_agreed_at", NEW."office_agreed_by_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."programme_agreed_at", NEW."programme_agreed_by_id", NEW."programme_id", NEW."proposed_at", NEW."proposed_by_id", NEW."state", NEW."title", NEW."touched_at", NEW."version", NEW."why"); RETURN NULL;',
                                    hash="454c8c69c507f1aecce91980879794891eaddedd",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f9cd9",
                                    table="programmes_changerequest",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_changerequestevent" ("consulted", "drafted_at", "drafted_by_id", "effect_on_money", "effect_on_outcomes", "effect_on_risks", "effect_on_rows", "ended_at", "ended_because", "ended_by_id", "id", "number", "office_agreed_at", "office_agreed_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "programme_agreed_at", "programme_agreed_by_id", "programme_id", "proposed_at", "proposed_by_id", "state", "title", "touched_at", "version", "why") VALUES (OLD."consulted", OLD."drafted_at", OLD."drafted_by_id", OLD."effect_on_money", OLD."effect_on_outcomes", OLD."effect_on_risks", OLD."effect_on_rows", OLD."ended_at", OLD."ended_because", OLD."ended_by_id", OLD."id", OLD."number", OLD."office_agreed_at", OLD."office_agreed_by_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."programme_agreed_at", OLD."programme_agreed_by_id", OLD."programme_id", OLD."proposed_at", OLD."proposed_by_id", OLD."state", OLD."title", OLD."touched_at", OLD."version", OLD."why"); RETURN NULL;',
                                    hash="15d1a17361c4cb9a131710252949336f57466a22",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9c6ee",
                                    table="programmes_changerequest",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_changerequest; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('programme_id', OLD.programme_id, 'place_id', OLD.place_id, 'number', OLD.number, 'title', OLD.title, 'why', OLD.why, 'effect_on_rows', OLD.effect_on_rows, 'effect_on_risks', OLD.effect_on_risks, 'effect_on_money', OLD.effect_on_money, 'effect_on_outcomes', OLD.effect_on_outcomes, 'consulted', OLD.consulted, 'state', OLD.state, 'drafted_by_id', OLD.drafted_by_id, 'drafted_at', OLD.drafted_at, 'proposed_by_id', OLD.proposed_by_id, 'proposed_at', OLD.proposed_at, 'programme_agreed_by_id', OLD.programme_agreed_by_id, 'programme_agreed_at', OLD.programme_agreed_at, 'office_agreed_by_id', OLD.office_agreed_by_id, 'office_agreed_at', OLD.office_agreed_at, 'ended_by_id', OLD.ended_by_id, 'ended_at', OLD.ended_at, 'ended_because', OLD.ended_because); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('programme_id', NEW.programme_id, 'place_id', NEW.place_id, 'number', NEW.number, 'title', NEW.title, 'why', NEW.why, 'effect_on_rows', NEW.effect_on_rows, 'effect_on_risks', NEW.effect_on_risks, 'effect_on_money', NEW.effect_on_money, 'effect_on_outcomes', NEW.effect_on_outcomes, 'consulted', NEW.consulted, 'state', NEW.state, 'drafted_by_id', NEW.drafted_by_id, 'drafted_at', NEW.drafted_at, 'proposed_by_id', NEW.proposed_by_id, 'proposed_at', NEW.proposed_at, 'programme_agreed_by_id', NEW.programme_agreed_by_id, 'programme_agreed_at', NEW.programme_agreed_at, 'office_agreed_by_id', NEW.office_agreed_by_id, 'office_agreed_at', NEW.office_agreed_at, 'ended_by_id', NEW.ended_by_id, 'ended_at', NEW.ended_at, 'ended_because', NEW.ended_because); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.changerequest', TG_OP, r.id, before, after, ARRAY['programmes.changerequest:' || r.id, 'programmes.programme:' || r.programme_id]::text[], (SELECT place_id FROM programmes_programme WHERE id = r.programme_id), r.programme_id, r.why);\nRETURN NULL;\n",
                                    hash="a534667a4525d050d8eb98f6bef44b256246598c",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_1bdfb",
                                    table="programmes_changerequest",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeRequestEvent",
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
                                to="programmes.changerequest",
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
                            "programme",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("why", models.TextField(blank=True)),
                        ("effect_on_rows", models.TextField(blank=True)),
                        ("effect_on_risks", models.TextField(blank=True)),
                        ("effect_on_money", models.TextField(blank=True)),
                        ("effect_on_outcomes", models.TextField(blank=True)),
                        ("consulted", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("proposed", "Proposed"),
                                    ("programme agreed", "Agreed by the programme"),
                                    ("office agreed", "Agreed by the programme office"),
                                    ("agreed", "Agreed"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expired", "Expired"),
                                ],
                                default="draft",
                                max_length=20,
                            ),
                        ),
                        (
                            "drafted_by",
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
                        (
                            "drafted_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                        (
                            "proposed_by",
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
                        ("proposed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "programme_agreed_by",
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
                        ("programme_agreed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "office_agreed_by",
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
                        ("office_agreed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="refused or withdrawn by",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_because", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "touched_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ChangeLine",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="programmes.changerequest",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("add", "New row"),
                                    ("remove", "Row removed"),
                                    ("restore", "Row restored"),
                                    ("re-date", "Other agreed dates"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="change_lines",
                                to="programmes.planitem",
                            ),
                        ),
                        ("start", models.DateField(blank=True, null=True)),
                        ("start_tbc", models.BooleanField(default=False)),
                        ("finish", models.DateField(blank=True, null=True)),
                        ("finish_tbc", models.BooleanField(default=False)),
                        ("old_start", models.DateField(blank=True, null=True)),
                        ("old_finish", models.DateField(blank=True, null=True)),
                        (
                            "plan_id",
                            models.CharField(blank=True, max_length=20, verbose_name="number"),
                        ),
                        ("name", models.CharField(blank=True, max_length=500)),
                        (
                            "item_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("summary", "Summary"),
                                    ("task", "Task"),
                                    ("milestone", "Milestone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("declared_duration", models.CharField(blank=True, max_length=40)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "after",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "new_parent",
                            models.CharField(
                                blank=True,
                                max_length=20,
                                verbose_name="number of the new heading above",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="programmes.post",
                            ),
                        ),
                        (
                            "tbc_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="programmes.post",
                            ),
                        ),
                        ("tbc_by", models.DateField(blank=True, null=True)),
                        ("is_placeholder", models.BooleanField(default=False)),
                        ("notes", models.TextField(blank=True)),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("programme", "Its programme"),
                                    ("place", "The place"),
                                    ("board", "The boards"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "scheduling",
                            models.CharField(
                                blank=True,
                                choices=[("auto", "Automatic"), ("manual", "Manual")],
                                max_length=10,
                            ),
                        ),
                        (
                            "split_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("request", "item"), name="row_once_a_request"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("plan_id", ""), _negated=True),
                                fields=("request", "plan_id"),
                                name="new_number_once_a_request",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["add", "remove", "restore", "re-date"])
                                ),
                                name="change_line_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("item_kind__in", ["summary", "task", "milestone"]),
                                        ("kind", "add"),
                                        models.Q(("name", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "add"), _negated=True),
                                        ("item__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="change_line_names_its_row",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("start__isnull", True),
                                        ("start_tbc", False),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("finish__isnull", True),
                                        ("finish_tbc", False),
                                        _connector="OR",
                                    ),
                                ),
                                name="change_line_given_or_tbc",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("start__isnull", True),
                                    ("finish__isnull", True),
                                    ("start__lte", models.F("finish")),
                                    _connector="OR",
                                ),
                                name="change_line_starts_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", ["", "programme", "place", "board"])
                                ),
                                name="change_line_level_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="frozen_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT 1 FROM programmes_changerequest\n        WHERE id = NEW.request_id AND state IN ('agreed', 'refused', 'withdrawn', 'expired')\n    ) THEN\n        RAISE EXCEPTION 'The change request has ended: what it asked for never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="99a7b6e31f42cca30b2bb709b5288184858528ea",
                                    operation="INSERT",
                                    pgid="pgtrigger_frozen_insert_cd934",
                                    table="programmes_changeline",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT 1 FROM programmes_changerequest\n        WHERE id = OLD.request_id AND state IN ('agreed', 'refused', 'withdrawn', 'expired')\n    ) THEN\n        RAISE EXCEPTION 'The change request has ended: what it asked for never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n\n    IF EXISTS (\n        SELECT 1 FROM programmes_changerequest\n        WHERE id = NEW.request_id AND state IN ('agreed', 'refused', 'withdrawn', 'expired')\n    ) THEN\n        RAISE EXCEPTION 'The change request has ended: what it asked for never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="6050fa5201be935ec97c63d34c6a18a66c92aab2",
                                    operation="UPDATE",
                                    pgid="pgtrigger_frozen_update_1a5a7",
                                    table="programmes_changeline",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT 1 FROM programmes_changerequest\n        WHERE id = OLD.request_id AND state IN ('agreed', 'refused', 'withdrawn', 'expired')\n    ) THEN\n        RAISE EXCEPTION 'The change request has ended: what it asked for never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN OLD;",
                                    hash="1df49f8556b4a17b2588d583e827ca2dbebc7308",
                                    operation="DELETE",
                                    pgid="pgtrigger_frozen_delete_743af",
                                    table="programmes_changeline",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_changelineevent" ("after_id", "declared_duration", "finish", "finish_tbc", "id", "is_placeholder", "item_id", "item_kind", "kind", "level", "name", "new_parent", "notes", "old_finish", "old_start", "owner_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "request_id", "scheduling", "split_from_id", "start", "start_tbc", "tbc_by", "tbc_from_id") VALUES (NEW."after_id", NEW."declared_duration", NEW."finish", NEW."finish_tbc", NEW."id", NEW."is_placeholder", NEW."item_id", NEW."item_kind", NEW."kind", NEW."level", NEW."name", NEW."new_parent", NEW."notes", NEW."old_finish", NEW."old_start", NEW."owner_id", NEW."parent_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."plan_id", NEW."request_id", NEW."scheduling", NEW."split_from_id", NEW."start", NEW."start_tbc", NEW."tbc_by", NEW."tbc_from_id"); RETURN NULL;',
                                    hash="e4464ade932cfe0e56e4aa9bf7d3d9eb0cf7cc35",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_4bc59",
                                    table="programmes_changeline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_changelineevent" ("after_id", "declared_duration", "finish", "finish_tbc", "id", "is_placeholder", "item_id", "item_kind", "kind", "level", "name", "new_parent", "notes", "old_finish", "old_start", "owner_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "request_id", "scheduling", "split_from_id", "start", "start_tbc", "tbc_by", "tbc_from_id") VALUES (NEW."after_id", NEW."declared_duration", NEW."finish", NEW."finish_tbc", NEW."id", NEW."is_placeholder", NEW."item_id", NEW."item_kind", NEW."kind", NEW."level", NEW."name", NEW."new_parent", NEW."notes", NEW."old_finish", NEW."old_start", NEW."owner_id", NEW."parent_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."plan_id", NEW."request_id", NEW."scheduling", NEW."split_from_id", NEW."start", NEW."start_tbc", NEW."tbc_by", NEW."tbc_from_id"); RETURN NULL;',
                                    hash="e959088fa24581ee677942418c1d120c091d2738",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_056d9",
                                    table="programmes_changeline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_changelineevent" ("after_id", "declared_duration", "finish", "finish_tbc", "id", "is_placeholder", "item_id", "item_kind", "kind", "level", "name", "new_parent", "notes", "old_finish", "old_start", "owner_id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "request_id", "scheduling", "split_from_id", "start", "start_tbc", "tbc_by", "tbc_from_id") VALUES (OLD."after_id", OLD."declared_duration", OLD."finish", OLD."finish_tbc", OLD."id", OLD."is_placeholder", OLD."item_id", OLD."item_kind", OLD."kind", OLD."level", OLD."name", OLD."new_parent", OLD."notes", OLD."old_finish", OLD."old_start", OLD."owner_id", OLD."parent_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."plan_id", OLD."request_id", OLD."scheduling", OLD."split_from_id", OLD."start", OLD."start_tbc", OLD."tbc_by", OLD."tbc_from_id"); RETURN NULL;',
                                    hash="05215fc88321d5411a5858c507a043685a7bcaff",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_8af82",
                                    table="programmes_changeline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_changeline; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('request_id', OLD.request_id, 'kind', OLD.kind, 'item_id', OLD.item_id, 'start', OLD.start, 'start_tbc', OLD.start_tbc, 'finish', OLD.finish, 'finish_tbc', OLD.finish_tbc, 'old_start', OLD.old_start, 'old_finish', OLD.old_finish, 'plan_id', OLD.plan_id, 'name', OLD.name, 'item_kind', OLD.item_kind, 'declared_duration', OLD.declared_duration, 'parent_id', OLD.parent_id, 'after_id', OLD.after_id, 'new_parent', OLD.new_parent, 'owner_id', OLD.owner_id, 'tbc_from_id', OLD.tbc_from_id, 'tbc_by', OLD.tbc_by, 'is_placeholder', OLD.is_placeholder, 'notes', OLD.notes, 'level', OLD.level, 'scheduling', OLD.scheduling, 'split_from_id', OLD.split_from_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('request_id', NEW.request_id, 'kind', NEW.kind, 'item_id', NEW.item_id, 'start', NEW.start, 'start_tbc', NEW.start_tbc, 'finish', NEW.finish, 'finish_tbc', NEW.finish_tbc, 'old_start', NEW.old_start, 'old_finish', NEW.old_finish, 'plan_id', NEW.plan_id, 'name', NEW.name, 'item_kind', NEW.item_kind, 'declared_duration', NEW.declared_duration, 'parent_id', NEW.parent_id, 'after_id', NEW.after_id, 'new_parent', NEW.new_parent, 'owner_id', NEW.owner_id, 'tbc_from_id', NEW.tbc_from_id, 'tbc_by', NEW.tbc_by, 'is_placeholder', NEW.is_placeholder, 'notes', NEW.notes, 'level', NEW.level, 'scheduling', NEW.scheduling, 'split_from_id', NEW.split_from_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.changeline', TG_OP, r.id, before, after, ARRAY['programmes.changeline:' || r.id, 'programmes.changerequest:' || r.request_id, 'programmes.planitem:' || r.item_id]::text[], (SELECT place_id FROM programmes_changerequest WHERE id = r.request_id), (SELECT programme_id FROM programmes_changerequest WHERE id = r.request_id), '');\nRETURN NULL;\n",
                                    hash="fc9a7d7862d8d030419d00a3a9f5d0492a1f66ee",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_c86df",
                                    table="programmes_changeline",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeLineEvent",
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
                                to="programmes.changeline",
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
                            "request",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.changerequest",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("add", "New row"),
                                    ("remove", "Row removed"),
                                    ("restore", "Row restored"),
                                    ("re-date", "Other agreed dates"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                        ("start", models.DateField(blank=True, null=True)),
                        ("start_tbc", models.BooleanField(default=False)),
                        ("finish", models.DateField(blank=True, null=True)),
                        ("finish_tbc", models.BooleanField(default=False)),
                        ("old_start", models.DateField(blank=True, null=True)),
                        ("old_finish", models.DateField(blank=True, null=True)),
                        (
                            "plan_id",
                            models.CharField(blank=True, max_length=20, verbose_name="number"),
                        ),
                        ("name", models.CharField(blank=True, max_length=500)),
                        (
                            "item_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("summary", "Summary"),
                                    ("task", "Task"),
                                    ("milestone", "Milestone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("declared_duration", models.CharField(blank=True, max_length=40)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "after",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "new_parent",
                            models.CharField(
                                blank=True,
                                max_length=20,
                                verbose_name="number of the new heading above",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.post",
                            ),
                        ),
                        (
                            "tbc_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.post",
                            ),
                        ),
                        ("tbc_by", models.DateField(blank=True, null=True)),
                        ("is_placeholder", models.BooleanField(default=False)),
                        ("notes", models.TextField(blank=True)),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("programme", "Its programme"),
                                    ("place", "The place"),
                                    ("board", "The boards"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "scheduling",
                            models.CharField(
                                blank=True,
                                choices=[("auto", "Automatic"), ("manual", "Manual")],
                                max_length=10,
                            ),
                        ),
                        (
                            "split_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Baseline",
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
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="baselines",
                                to="programmes.programme",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("name", models.CharField(max_length=200)),
                        (
                            "request",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="baseline",
                                to="programmes.changerequest",
                            ),
                        ),
                        (
                            "agreed_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "number"),
                                name="baseline_number_once_a_programme",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="baseline_counts_from_one",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="baseline_stands",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="2b78bcfbcbb45741cb73ed058b160e8b731e1338",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_baseline_stands_f38f1",
                                    table="programmes_baseline",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreedDates",
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
                            "baseline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="programmes.baseline",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreed",
                                to="programmes.planitem",
                            ),
                        ),
                        ("start", models.DateField(blank=True, null=True)),
                        ("finish", models.DateField(blank=True, null=True)),
                        ("removed", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "baseline"), name="agreed_once_a_baseline"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="agreed_stands",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="025cf7c410b830cee5c6e3702af096b923009a79",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_agreed_stands_51ac0",
                                    table="programmes_agreeddates",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemBoard",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="goes_to",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programmes.board",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "board"), name="row_to_a_board_once"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_itemboardevent" ("board_id", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."board_id", NEW."id", NEW."item_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="bdf055824143ca33af9e70537f7e1f542b4d187c",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a075a",
                                    table="programmes_itemboard",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_itemboardevent" ("board_id", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."board_id", NEW."id", NEW."item_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="25c036180789ac21aecaebaf504c00f7d3d055b2",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_28419",
                                    table="programmes_itemboard",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_itemboardevent" ("board_id", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."board_id", OLD."id", OLD."item_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="21e54833807dee49c85c9a7e7f8358123152e66d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_559d9",
                                    table="programmes_itemboard",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_itemboard; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('item_id', OLD.item_id, 'board_id', OLD.board_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('item_id', NEW.item_id, 'board_id', NEW.board_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.itemboard', TG_OP, r.id, before, after, ARRAY['programmes.itemboard:' || r.id, 'programmes.planitem:' || r.item_id]::text[], (SELECT p.place_id FROM programmes_planitem i JOIN programmes_programme p ON p.id = i.programme_id WHERE i.id = r.item_id), (SELECT programme_id FROM programmes_planitem WHERE id = r.item_id), '');\nRETURN NULL;\n",
                                    hash="dcfd9f6595d18511a48a1d64b65763f3abba0d19",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_9c1fe",
                                    table="programmes_itemboard",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemBoardEvent",
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
                                to="programmes.itemboard",
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
                            "item",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.board",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ChangeLineBoard",
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="goes_to",
                                to="programmes.changeline",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programmes.board",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("line", "board"), name="new_row_to_a_board_once"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="frozen_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT 1 FROM programmes_changerequest\n        WHERE id = (SELECT request_id FROM programmes_changeline WHERE id = NEW.line_id) AND state IN ('agreed', 'refused', 'withdrawn', 'expired')\n    ) THEN\n        RAISE EXCEPTION 'The change request has ended: what it asked for never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="d0880ad1970e29b77890baf5467fec939d460bdb",
                                    operation="INSERT",
                                    pgid="pgtrigger_frozen_insert_ded0d",
                                    table="programmes_changelineboard",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT 1 FROM programmes_changerequest\n        WHERE id = (SELECT request_id FROM programmes_changeline WHERE id = OLD.line_id) AND state IN ('agreed', 'refused', 'withdrawn', 'expired')\n    ) THEN\n        RAISE EXCEPTION 'The change request has ended: what it asked for never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n\n    IF EXISTS (\n        SELECT 1 FROM programmes_changerequest\n        WHERE id = (SELECT request_id FROM programmes_changeline WHERE id = NEW.line_id) AND state IN ('agreed', 'refused', 'withdrawn', 'expired')\n    ) THEN\n        RAISE EXCEPTION 'The change request has ended: what it asked for never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="ffec43b050793f9fc7b80bc525019e35650c4021",
                                    operation="UPDATE",
                                    pgid="pgtrigger_frozen_update_e6265",
                                    table="programmes_changelineboard",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    IF EXISTS (\n        SELECT 1 FROM programmes_changerequest\n        WHERE id = (SELECT request_id FROM programmes_changeline WHERE id = OLD.line_id) AND state IN ('agreed', 'refused', 'withdrawn', 'expired')\n    ) THEN\n        RAISE EXCEPTION 'The change request has ended: what it asked for never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN OLD;",
                                    hash="a9aa0d9abbf3adbd2d1b5c3751a0af2c1d4e9912",
                                    operation="DELETE",
                                    pgid="pgtrigger_frozen_delete_4dcb7",
                                    table="programmes_changelineboard",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_changelineboardevent" ("board_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."board_id", NEW."id", NEW."line_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="145983f6e45b70afe776e918a953e35f30ab3736",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_e4dad",
                                    table="programmes_changelineboard",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_changelineboardevent" ("board_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."board_id", NEW."id", NEW."line_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="0971a08a0fff24ac8095443485787fc7e7cc04b3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_1a6c3",
                                    table="programmes_changelineboard",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_changelineboardevent" ("board_id", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."board_id", OLD."id", OLD."line_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="787ed2f060c75c56c34b1c7b031a8dd4343f29d5",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d5d09",
                                    table="programmes_changelineboard",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_changelineboard; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('line_id', OLD.line_id, 'board_id', OLD.board_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('line_id', NEW.line_id, 'board_id', NEW.board_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.changelineboard', TG_OP, r.id, before, after, ARRAY['programmes.changelineboard:' || r.id, 'programmes.changerequest:' || (SELECT q.id FROM programmes_changeline l JOIN programmes_changerequest q ON q.id = l.request_id WHERE l.id = r.line_id)]::text[], (SELECT q.place_id FROM programmes_changeline l JOIN programmes_changerequest q ON q.id = l.request_id WHERE l.id = r.line_id), (SELECT q.programme_id FROM programmes_changeline l JOIN programmes_changerequest q ON q.id = l.request_id WHERE l.id = r.line_id), '');\nRETURN NULL;\n",
                                    hash="bce4b87dcc6c5d526d188e522f1c5e8538e91186",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_18551",
                                    table="programmes_changelineboard",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeLineBoardEvent",
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
                                to="programmes.changelineboard",
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
                            "line",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.changeline",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.board",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                        ("name", models.CharField(max_length=200)),
                        ("content", models.BinaryField()),
                        ("size", models.PositiveIntegerField(help_text="Bytes.")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "added_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="programmes.planitem",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="attachment_has_a_name",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_attachmentevent" ("added_at", "added_by_id", "id", "item_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "sha256", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", NEW."item_id", NEW."name", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."removed_at", NEW."sha256", NEW."size"); RETURN NULL;',
                                    hash="3837129b426dac471fa5ef5da2b7a9ffc0834ee7",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f6454",
                                    table="programmes_attachment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size"))',
                                    func='INSERT INTO "programmes_attachmentevent" ("added_at", "added_by_id", "id", "item_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "sha256", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", NEW."item_id", NEW."name", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."removed_at", NEW."sha256", NEW."size"); RETURN NULL;',
                                    hash="eb9de35c41d11366a8c3ed6ef98804f5ae7d4dd3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_fc6a1",
                                    table="programmes_attachment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_attachmentevent" ("added_at", "added_by_id", "id", "item_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "sha256", "size") VALUES (OLD."added_at", OLD."added_by_id", OLD."id", OLD."item_id", OLD."name", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."removed_at", OLD."sha256", OLD."size"); RETURN NULL;',
                                    hash="f22c08e3b21ef5cbd1a7793626ddcb857a139b37",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ab5ca",
                                    table="programmes_attachment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_attachment; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('name', OLD.name, 'size', OLD.size, 'sha256', OLD.sha256, 'added_by_id', OLD.added_by_id, 'added_at', OLD.added_at, 'removed_at', OLD.removed_at, 'item_id', OLD.item_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('name', NEW.name, 'size', NEW.size, 'sha256', NEW.sha256, 'added_by_id', NEW.added_by_id, 'added_at', NEW.added_at, 'removed_at', NEW.removed_at, 'item_id', NEW.item_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.attachment', TG_OP, r.id, before, after, ARRAY['programmes.attachment:' || r.id, 'programmes.planitem:' || r.item_id]::text[], (SELECT p.place_id FROM programmes_planitem i JOIN programmes_programme p ON p.id = i.programme_id WHERE i.id = r.item_id), (SELECT programme_id FROM programmes_planitem WHERE id = r.item_id), '');\nRETURN NULL;\n",
                                    hash="abd762f3d94d81fa73bcc9464722ca191e4a2c23",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_dcc22",
                                    table="programmes_attachment",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttachmentEvent",
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
                                to="programmes.attachment",
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
                        ("name", models.CharField(max_length=200)),
                        ("size", models.PositiveIntegerField(help_text="Bytes.")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "added_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "item",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_feeds",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("programme", "A programme's milestones"),
                                    ("mine", "Milestones of rows I own or lead"),
                                    ("board", "Milestones that go to a board"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programmes.board",
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        (
                            "made_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                        ("last_used_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["programme", "mine", "board"])),
                                name="feed_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("board__isnull", True),
                                        ("kind", "programme"),
                                        ("programme__isnull", False),
                                    ),
                                    models.Q(
                                        ("board__isnull", False),
                                        ("kind", "board"),
                                        ("programme__isnull", True),
                                    ),
                                    models.Q(
                                        ("board__isnull", True),
                                        ("kind", "mine"),
                                        ("programme__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="feed_names_what_it_shows",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_calendarfeedevent" ("board_id", "id", "kind", "last_used_at", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "programme_id", "revoked_at", "user_id") VALUES (NEW."board_id", NEW."id", NEW."kind", NEW."last_used_at", NEW."made_at", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."programme_id", NEW."revoked_at", NEW."user_id"); RETURN NULL;',
                                    hash="a7c6d3d83941b8fa6e1251635d57a1c7231ed706",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d98d2",
                                    table="programmes_calendarfeed",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."board_id" IS DISTINCT FROM (NEW."board_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."last_used_at" IS DISTINCT FROM (NEW."last_used_at") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."place_id" IS DISTINCT FROM (NEW."place_id") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                                    func='INSERT INTO "programmes_calendarfeedevent" ("board_id", "id", "kind", "last_used_at", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "programme_id", "revoked_at", "user_id") VALUES (NEW."board_id", NEW."id", NEW."kind", NEW."last_used_at", NEW."made_at", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."programme_id", NEW."revoked_at", NEW."user_id"); RETURN NULL;',
                                    hash="098719f5e70d1a8e78376f0079541f49ba4e65b7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_fd309",
                                    table="programmes_calendarfeed",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_calendarfeedevent" ("board_id", "id", "kind", "last_used_at", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "programme_id", "revoked_at", "user_id") VALUES (OLD."board_id", OLD."id", OLD."kind", OLD."last_used_at", OLD."made_at", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."programme_id", OLD."revoked_at", OLD."user_id"); RETURN NULL;',
                                    hash="cd424d5387a2f886b68eee6dcbee196b38936e87",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_dd5b9",
                                    table="programmes_calendarfeed",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_calendarfeed; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('user_id', OLD.user_id, 'place_id', OLD.place_id, 'kind', OLD.kind, 'programme_id', OLD.programme_id, 'board_id', OLD.board_id, 'token_hash', NULL, 'made_at', OLD.made_at, 'revoked_at', OLD.revoked_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('user_id', NEW.user_id, 'place_id', NEW.place_id, 'kind', NEW.kind, 'programme_id', NEW.programme_id, 'board_id', NEW.board_id, 'token_hash', CASE WHEN TG_OP = 'UPDATE' AND NEW.token_hash IS DISTINCT FROM OLD.token_hash THEN 'changed' END, 'made_at', NEW.made_at, 'revoked_at', NEW.revoked_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.calendarfeed', TG_OP, r.id, before, after, ARRAY['programmes.calendarfeed:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="64419b438362a49c9a5b67b8fbd8cc895d17a042",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_2dbb7",
                                    table="programmes_calendarfeed",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeedEvent",
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
                                to="programmes.calendarfeed",
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
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("programme", "A programme's milestones"),
                                    ("mine", "Milestones of rows I own or lead"),
                                    ("board", "Milestones that go to a board"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.board",
                            ),
                        ),
                        (
                            "made_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                        ("last_used_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PeriodEvent",
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
                                to="programmes.period",
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
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                help_text="In addresses: 2020-01 for January 2020.", max_length=10
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("due_on", models.DateField(help_text="The day returns are due.")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("closing", "Closing: returns are due"),
                                    ("closed", "Closed"),
                                    ("published", "Published"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "closed_by",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Return",
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
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="returns",
                                to="programmes.period",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not started", "Not started"),
                                    ("in hand", "In hand"),
                                    ("submitted", "Submitted, waiting for sign-off"),
                                    ("sent back", "Sent back with a question"),
                                    ("signed off", "Signed off"),
                                ],
                                default="not started",
                                max_length=12,
                            ),
                        ),
                        (
                            "is_nil",
                            models.BooleanField(
                                default=False, help_text="Handed in as: nothing has changed."
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "signed_off_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("signed_off_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "question",
                            models.TextField(blank=True, help_text="Why it was sent back."),
                        ),
                        (
                            "recalled_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who recalled it after it was signed off; empty once it is signed off again.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recalled_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "period"), name="one_return_a_period"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "not started",
                                            "in hand",
                                            "submitted",
                                            "sent back",
                                            "signed off",
                                        ],
                                    )
                                ),
                                name="return_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("submitted", "signed off")),
                                        ("submitted_at__isnull", False),
                                        ("submitted_by__isnull", False),
                                    ),
                                    models.Q(
                                        ("state__in", ("not started", "in hand", "sent back")),
                                        ("submitted_at__isnull", True),
                                        ("submitted_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="submitted_by_someone_at_some_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("signed_off_at__isnull", False),
                                        ("signed_off_by__isnull", False),
                                        ("state", "signed off"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "signed off"), _negated=True),
                                        ("signed_off_at__isnull", True),
                                        ("signed_off_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="signed_off_by_someone_at_some_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_off_by__isnull", True),
                                    models.Q(
                                        ("signed_off_by", models.F("submitted_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="signed_off_by_another_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("recalled_at__isnull", True), ("recalled_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("recalled_at__isnull", False),
                                        ("recalled_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="recalled_by_someone_at_some_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "sent back"), _negated=True),
                                    models.Q(("question", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="sent_back_with_a_question",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="frozen_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period WHERE id = NEW.period_id FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = NEW.period_id AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="4cb65bd0fbdca858bb92920868de557c63209e73",
                                    operation="INSERT",
                                    pgid="pgtrigger_frozen_insert_3db40",
                                    table="programmes_return",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period WHERE id = OLD.period_id FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = OLD.period_id AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n\n    PERFORM 1 FROM programmes_period WHERE id = NEW.period_id FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = NEW.period_id AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="4391cf41ddb40cc48d2cc132adbfcd72a2a974d0",
                                    operation="UPDATE",
                                    pgid="pgtrigger_frozen_update_09901",
                                    table="programmes_return",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period WHERE id = OLD.period_id FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = OLD.period_id AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN OLD;",
                                    hash="634e4a3f72a65cc4c09175f27999eea27b8dda4c",
                                    operation="DELETE",
                                    pgid="pgtrigger_frozen_delete_fc5e0",
                                    table="programmes_return",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_returnevent" ("id", "is_nil", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "question", "recalled_at", "recalled_by_id", "signed_off_at", "signed_off_by_id", "state", "submitted_at", "submitted_by_id") VALUES (NEW."id", NEW."is_nil", NEW."period_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."programme_id", NEW."question", NEW."recalled_at", NEW."recalled_by_id", NEW."signed_off_at", NEW."signed_off_by_id", NEW."state", NEW."submitted_at", NEW."submitted_by_id"); RETURN NULL;',
                                    hash="f851ba6cf0555529f5f539a307d45b34c0266955",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_13da8",
                                    table="programmes_return",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_returnevent" ("id", "is_nil", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "question", "recalled_at", "recalled_by_id", "signed_off_at", "signed_off_by_id", "state", "submitted_at", "submitted_by_id") VALUES (NEW."id", NEW."is_nil", NEW."period_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."programme_id", NEW."question", NEW."recalled_at", NEW."recalled_by_id", NEW."signed_off_at", NEW."signed_off_by_id", NEW."state", NEW."submitted_at", NEW."submitted_by_id"); RETURN NULL;',
                                    hash="9a9378dad1d924d5404b2435580eb4cb8248c334",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_faa9b",
                                    table="programmes_return",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_returnevent" ("id", "is_nil", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "question", "recalled_at", "recalled_by_id", "signed_off_at", "signed_off_by_id", "state", "submitted_at", "submitted_by_id") VALUES (OLD."id", OLD."is_nil", OLD."period_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."programme_id", OLD."question", OLD."recalled_at", OLD."recalled_by_id", OLD."signed_off_at", OLD."signed_off_by_id", OLD."state", OLD."submitted_at", OLD."submitted_by_id"); RETURN NULL;',
                                    hash="a5802d48f43421b84ad2e9ad1d5e9652d5061824",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e39b9",
                                    table="programmes_return",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_return; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('programme_id', OLD.programme_id, 'period_id', OLD.period_id, 'state', OLD.state, 'is_nil', OLD.is_nil, 'submitted_by_id', OLD.submitted_by_id, 'submitted_at', OLD.submitted_at, 'signed_off_by_id', OLD.signed_off_by_id, 'signed_off_at', OLD.signed_off_at, 'question', OLD.question, 'recalled_by_id', OLD.recalled_by_id, 'recalled_at', OLD.recalled_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('programme_id', NEW.programme_id, 'period_id', NEW.period_id, 'state', NEW.state, 'is_nil', NEW.is_nil, 'submitted_by_id', NEW.submitted_by_id, 'submitted_at', NEW.submitted_at, 'signed_off_by_id', NEW.signed_off_by_id, 'signed_off_at', NEW.signed_off_at, 'question', NEW.question, 'recalled_by_id', NEW.recalled_by_id, 'recalled_at', NEW.recalled_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.return', TG_OP, r.id, before, after, ARRAY['programmes.return:' || r.id, 'programmes.period:' || r.period_id]::text[], (SELECT place_id FROM programmes_programme WHERE id = r.programme_id), r.programme_id, r.question);\nRETURN NULL;\n",
                                    hash="5786d8d3a8b29eab478aec39b547131d51f48709",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_2da11",
                                    table="programmes_return",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnEvent",
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
                                to="programmes.return",
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
                            "programme",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.programme",
                            ),
                        ),
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("not started", "Not started"),
                                    ("in hand", "In hand"),
                                    ("submitted", "Submitted, waiting for sign-off"),
                                    ("sent back", "Sent back with a question"),
                                    ("signed off", "Signed off"),
                                ],
                                default="not started",
                                max_length=12,
                            ),
                        ),
                        (
                            "is_nil",
                            models.BooleanField(
                                default=False, help_text="Handed in as: nothing has changed."
                            ),
                        ),
                        (
                            "submitted_by",
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
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "signed_off_by",
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
                        ("signed_off_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "question",
                            models.TextField(blank=True, help_text="Why it was sent back."),
                        ),
                        (
                            "recalled_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Who recalled it after it was signed off; empty once it is signed off again.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recalled_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
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
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="programmes.period",
                            ),
                        ),
                        ("days_before", models.SmallIntegerField()),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "period", "days_before"),
                                name="one_reminder_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cover",
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
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="covers",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="covered",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="covering",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["deputy", "place", "ends_on"],
                                name="cover_by_deputy",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                                name="cover_starts_before_it_ends",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("deputy")), _negated=True),
                                name="cover_by_somebody_else",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                expressions=[
                                    (
                                        programmes.models.cycle.DateRange(
                                            "starts_on",
                                            "ends_on",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_upper=True
                                            ),
                                        ),
                                        "&&",
                                    ),
                                    ("place", "="),
                                    ("person", "="),
                                    ("deputy", "="),
                                ],
                                name="one_cover_at_a_time_between_two",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_coverevent" ("deputy_id", "ended_at", "ended_by_id", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reason", "set_at", "set_by_id", "starts_on") VALUES (NEW."deputy_id", NEW."ended_at", NEW."ended_by_id", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."reason", NEW."set_at", NEW."set_by_id", NEW."starts_on"); RETURN NULL;',
                                    hash="1e0aeda8e4b0f059178bc7631904904ec79ecca8",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_7d374",
                                    table="programmes_cover",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_coverevent" ("deputy_id", "ended_at", "ended_by_id", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reason", "set_at", "set_by_id", "starts_on") VALUES (NEW."deputy_id", NEW."ended_at", NEW."ended_by_id", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."reason", NEW."set_at", NEW."set_by_id", NEW."starts_on"); RETURN NULL;',
                                    hash="8c422f7ed6006bbe6613ed31201bccb62a5f59c5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_2deec",
                                    table="programmes_cover",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_coverevent" ("deputy_id", "ended_at", "ended_by_id", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "reason", "set_at", "set_by_id", "starts_on") VALUES (OLD."deputy_id", OLD."ended_at", OLD."ended_by_id", OLD."ends_on", OLD."id", OLD."person_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."reason", OLD."set_at", OLD."set_by_id", OLD."starts_on"); RETURN NULL;',
                                    hash="7bce8a83e315aa1dd613f6d9f01743b53520128e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4e1d7",
                                    table="programmes_cover",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_cover; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'person_id', OLD.person_id, 'deputy_id', OLD.deputy_id, 'starts_on', OLD.starts_on, 'ends_on', OLD.ends_on, 'reason', OLD.reason, 'set_by_id', OLD.set_by_id, 'set_at', OLD.set_at, 'ended_by_id', OLD.ended_by_id, 'ended_at', OLD.ended_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'person_id', NEW.person_id, 'deputy_id', NEW.deputy_id, 'starts_on', NEW.starts_on, 'ends_on', NEW.ends_on, 'reason', NEW.reason, 'set_by_id', NEW.set_by_id, 'set_at', NEW.set_at, 'ended_by_id', NEW.ended_by_id, 'ended_at', NEW.ended_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.cover', TG_OP, r.id, before, after, ARRAY['programmes.cover:' || r.id, 'accounts.user:' || r.person_id, 'accounts.user:' || r.deputy_id]::text[], r.place_id, NULL::bigint, r.reason);\nRETURN NULL;\n",
                                    hash="b6debc31ab790e3e523ed7af7989737fc7bd92aa",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_c3a2b",
                                    table="programmes_cover",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoverEvent",
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
                                to="programmes.cover",
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
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "set_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                        (
                            "ended_by",
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
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Dependency",
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
                            "successor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="waits_for",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "predecessor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="awaited_by",
                                to="programmes.planitem",
                            ),
                        ),
                        ("outside", models.CharField(blank=True, max_length=300)),
                        (
                            "outside_programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        ("outside_date", models.DateField(blank=True, null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("FS", "Finish to start"),
                                    ("SS", "Start to start"),
                                    ("FF", "Finish to finish"),
                                    ("SF", "Start to finish"),
                                ],
                                default="FS",
                                max_length=2,
                            ),
                        ),
                        (
                            "lag_days",
                            models.SmallIntegerField(default=0, help_text="Working days."),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("successor", "predecessor"), name="dependency_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["FS", "SS", "FF", "SF"])),
                                name="dependency_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outside", ""), ("predecessor__isnull", False)),
                                    models.Q(
                                        ("predecessor__isnull", True),
                                        models.Q(("outside", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="dependency_on_a_row_or_outside",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("predecessor__isnull", True),
                                    models.Q(("predecessor", models.F("successor")), _negated=True),
                                    _connector="OR",
                                ),
                                name="dependency_not_on_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lag_days__gte", -1000), ("lag_days__lte", 1000)
                                ),
                                name="lag_within_reason",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_dependencyevent" ("id", "kind", "lag_days", "note", "outside", "outside_date", "outside_programme_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id", "version") VALUES (NEW."id", NEW."kind", NEW."lag_days", NEW."note", NEW."outside", NEW."outside_date", NEW."outside_programme_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."predecessor_id", NEW."successor_id", NEW."version"); RETURN NULL;',
                                    hash="1b7e7515416696e8e550a0c8515f746714720cad",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_8c665",
                                    table="programmes_dependency",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_dependencyevent" ("id", "kind", "lag_days", "note", "outside", "outside_date", "outside_programme_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id", "version") VALUES (NEW."id", NEW."kind", NEW."lag_days", NEW."note", NEW."outside", NEW."outside_date", NEW."outside_programme_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."predecessor_id", NEW."successor_id", NEW."version"); RETURN NULL;',
                                    hash="c6b897430bbd8439a85bb96eebfbaebfa1719b8d",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e8f82",
                                    table="programmes_dependency",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_dependencyevent" ("id", "kind", "lag_days", "note", "outside", "outside_date", "outside_programme_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id", "version") VALUES (OLD."id", OLD."kind", OLD."lag_days", OLD."note", OLD."outside", OLD."outside_date", OLD."outside_programme_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."predecessor_id", OLD."successor_id", OLD."version"); RETURN NULL;',
                                    hash="9b4f73fc4f3a0351b502db1e5b324786458b33ee",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_db684",
                                    table="programmes_dependency",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_dependency; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('successor_id', OLD.successor_id, 'predecessor_id', OLD.predecessor_id, 'outside', OLD.outside, 'outside_programme_id', OLD.outside_programme_id, 'outside_date', OLD.outside_date, 'kind', OLD.kind, 'lag_days', OLD.lag_days, 'note', OLD.note); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('successor_id', NEW.successor_id, 'predecessor_id', NEW.predecessor_id, 'outside', NEW.outside, 'outside_programme_id', NEW.outside_programme_id, 'outside_date', NEW.outside_date, 'kind', NEW.kind, 'lag_days', NEW.lag_days, 'note', NEW.note); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.dependency', TG_OP, r.id, before, after, ARRAY['programmes.dependency:' || r.id, 'programmes.planitem:' || r.successor_id, 'programmes.planitem:' || r.predecessor_id]::text[], (SELECT p.place_id FROM programmes_planitem i JOIN programmes_programme p ON p.id = i.programme_id WHERE i.id = r.successor_id), (SELECT programme_id FROM programmes_planitem WHERE id = r.successor_id), '');\nRETURN NULL;\n",
                                    hash="8473938d69da348e99f044ddc653c7b64c843121",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_3b6cf",
                                    table="programmes_dependency",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DependencyEvent",
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
                                to="programmes.dependency",
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
                            "successor",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "predecessor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                        ("outside", models.CharField(blank=True, max_length=300)),
                        (
                            "outside_programme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        ("outside_date", models.DateField(blank=True, null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("FS", "Finish to start"),
                                    ("SS", "Start to start"),
                                    ("FF", "Finish to finish"),
                                    ("SF", "Start to finish"),
                                ],
                                default="FS",
                                max_length=2,
                            ),
                        ),
                        (
                            "lag_days",
                            models.SmallIntegerField(default=0, help_text="Working days."),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GlossaryEntry",
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
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="glossary",
                                to="programmes.place",
                            ),
                        ),
                        ("acronym", models.CharField(max_length=20)),
                        ("expansion", models.CharField(max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.F("place"),
                                django.db.models.functions.text.Upper("acronym"),
                                name="glossary_in_order",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "acronym"), name="acronym_once_a_place"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_glossaryentryevent" ("acronym", "expansion", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version") VALUES (NEW."acronym", NEW."expansion", NEW."id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."version"); RETURN NULL;',
                                    hash="ee5f7bbaf39b2a8e8a95474a6db1f0769788bd14",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_107ab",
                                    table="programmes_glossaryentry",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_glossaryentryevent" ("acronym", "expansion", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version") VALUES (NEW."acronym", NEW."expansion", NEW."id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."version"); RETURN NULL;',
                                    hash="e0c58d1dced478f3bb25fdb3a3c876d84a878f26",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_70d89",
                                    table="programmes_glossaryentry",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_glossaryentryevent" ("acronym", "expansion", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version") VALUES (OLD."acronym", OLD."expansion", OLD."id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."version"); RETURN NULL;',
                                    hash="ff2480ac0fc3179392d2531cb01597bdcb8064b6",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b9937",
                                    table="programmes_glossaryentry",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_glossaryentry; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'acronym', OLD.acronym, 'expansion', OLD.expansion); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'acronym', NEW.acronym, 'expansion', NEW.expansion); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.glossaryentry', TG_OP, r.id, before, after, ARRAY['programmes.glossaryentry:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="5933ad319f57a2cfd19a33b221c6c5fed9c6dd07",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_3c90a",
                                    table="programmes_glossaryentry",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GlossaryEntryEvent",
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
                                to="programmes.glossaryentry",
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
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        ("acronym", models.CharField(max_length=20)),
                        ("expansion", models.CharField(max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Offer",
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
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="offers",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="offers",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("office", "Programme office"),
                                    ("finance", "Programme finance lead"),
                                    ("governance", "Governance manager"),
                                    ("risk owner", "Risk owner"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programmes.organisation",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programmes.board",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="offers",
                                to="programmes.post",
                            ),
                        ),
                        (
                            "offered_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Nobody: it was asked from the command line.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("offered_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "user", "role", "organisation", "board", "post"),
                                name="offered_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("board", None),
                                        ("organisation", None),
                                        ("post", None),
                                        (
                                            "role__in",
                                            [
                                                "office",
                                                "finance",
                                                "governance",
                                                "risk owner",
                                                "auditor",
                                                "administrator",
                                            ],
                                        ),
                                    ),
                                    models.Q(
                                        ("board", None),
                                        ("organisation__isnull", False),
                                        ("post", None),
                                        ("role", ""),
                                    ),
                                    models.Q(
                                        ("board__isnull", False),
                                        ("organisation", None),
                                        ("post", None),
                                        ("role", ""),
                                    ),
                                    models.Q(
                                        ("board", None),
                                        ("organisation", None),
                                        ("post__isnull", False),
                                        ("role", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="offer_of_one_thing",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_offerevent" ("board_id", "email", "expires_at", "id", "offered_at", "offered_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "post_id", "role", "user_id") VALUES (NEW."board_id", NEW."email", NEW."expires_at", NEW."id", NEW."offered_at", NEW."offered_by_id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."post_id", NEW."role", NEW."user_id"); RETURN NULL;',
                                    hash="b30f4d1ee64da93b5a6a2c3c62fc1367d523fe1e",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_3d6fc",
                                    table="programmes_offer",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_offerevent" ("board_id", "email", "expires_at", "id", "offered_at", "offered_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "post_id", "role", "user_id") VALUES (NEW."board_id", NEW."email", NEW."expires_at", NEW."id", NEW."offered_at", NEW."offered_by_id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."post_id", NEW."role", NEW."user_id"); RETURN NULL;',
                                    hash="0c9e98dddccfdf57ee80782fc9a33c10ec09fb5b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_5a2cf",
                                    table="programmes_offer",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_offerevent" ("board_id", "email", "expires_at", "id", "offered_at", "offered_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "post_id", "role", "user_id") VALUES (OLD."board_id", OLD."email", OLD."expires_at", OLD."id", OLD."offered_at", OLD."offered_by_id", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."post_id", OLD."role", OLD."user_id"); RETURN NULL;',
                                    hash="c22ee82a98e969383fdce442d42f196e396b47ad",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e7a5e",
                                    table="programmes_offer",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_offer; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'email', OLD.email, 'role', OLD.role, 'organisation_id', OLD.organisation_id, 'board_id', OLD.board_id, 'post_id', OLD.post_id, 'offered_by_id', OLD.offered_by_id, 'offered_at', OLD.offered_at, 'expires_at', OLD.expires_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'email', NEW.email, 'role', NEW.role, 'organisation_id', NEW.organisation_id, 'board_id', NEW.board_id, 'post_id', NEW.post_id, 'offered_by_id', NEW.offered_by_id, 'offered_at', NEW.offered_at, 'expires_at', NEW.expires_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.offer', TG_OP, r.id, before, after, ARRAY['programmes.offer:' || r.id, 'accounts.user:' || r.user_id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="d8376d17028ada156cd40f27232d39938ca0d31a",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_31f2e",
                                    table="programmes_offer",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferEvent",
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
                                to="programmes.offer",
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
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("office", "Programme office"),
                                    ("finance", "Programme finance lead"),
                                    ("governance", "Governance manager"),
                                    ("risk owner", "Risk owner"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.organisation",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.board",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.post",
                            ),
                        ),
                        (
                            "offered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Nobody: it was asked from the command line.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("offered_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReturnQuestion",
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
                            "asked_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="programmes.return",
                            ),
                        ),
                        ("question", models.TextField()),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("question", ""), _negated=True),
                                name="question_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""),
                                        ("answered_at__isnull", True),
                                        ("answered_by__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="answered_by_someone_at_some_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="frozen_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period WHERE id = (SELECT period_id FROM programmes_return WHERE id = NEW.asked_of_id) FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = (SELECT period_id FROM programmes_return WHERE id = NEW.asked_of_id) AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="29d6c0ba509ba21bb0c07af7cca79428051d43d9",
                                    operation="INSERT",
                                    pgid="pgtrigger_frozen_insert_aae51",
                                    table="programmes_returnquestion",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period WHERE id = (SELECT period_id FROM programmes_return WHERE id = OLD.asked_of_id) FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = (SELECT period_id FROM programmes_return WHERE id = OLD.asked_of_id) AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n\n    PERFORM 1 FROM programmes_period WHERE id = (SELECT period_id FROM programmes_return WHERE id = NEW.asked_of_id) FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = (SELECT period_id FROM programmes_return WHERE id = NEW.asked_of_id) AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="9005f0236910b839f0a2bfc7d745bd6ef4ab1149",
                                    operation="UPDATE",
                                    pgid="pgtrigger_frozen_update_404d4",
                                    table="programmes_returnquestion",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period WHERE id = (SELECT period_id FROM programmes_return WHERE id = OLD.asked_of_id) FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = (SELECT period_id FROM programmes_return WHERE id = OLD.asked_of_id) AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN OLD;",
                                    hash="941df0ef1f9085fa242d67061952e983987b79b0",
                                    operation="DELETE",
                                    pgid="pgtrigger_frozen_delete_edda9",
                                    table="programmes_returnquestion",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_returnquestionevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "asked_of_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."asked_of_id", NEW."id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."question"); RETURN NULL;',
                                    hash="81365e7c54f705b6b2a1670987667d5bfd2b7c99",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2a417",
                                    table="programmes_returnquestion",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_returnquestionevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "asked_of_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."asked_of_id", NEW."id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."question"); RETURN NULL;',
                                    hash="c260b7a701fd209e4b35ff69e56a20e9b1025124",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_82ea9",
                                    table="programmes_returnquestion",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_returnquestionevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "asked_of_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."asked_by_id", OLD."asked_of_id", OLD."id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."question"); RETURN NULL;',
                                    hash="0dbdbf7bcfc9ad0d333021c1d4a5de5c3360241d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e4430",
                                    table="programmes_returnquestion",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_returnquestion; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('asked_of_id', OLD.asked_of_id, 'question', OLD.question, 'asked_by_id', OLD.asked_by_id, 'asked_at', OLD.asked_at, 'answer', OLD.answer, 'answered_by_id', OLD.answered_by_id, 'answered_at', OLD.answered_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('asked_of_id', NEW.asked_of_id, 'question', NEW.question, 'asked_by_id', NEW.asked_by_id, 'asked_at', NEW.asked_at, 'answer', NEW.answer, 'answered_by_id', NEW.answered_by_id, 'answered_at', NEW.answered_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.returnquestion', TG_OP, r.id, before, after, ARRAY['programmes.returnquestion:' || r.id, 'programmes.return:' || r.asked_of_id]::text[], (SELECT p.place_id FROM programmes_return r2 JOIN programmes_period p ON p.id = r2.period_id WHERE r2.id = r.asked_of_id), (SELECT programme_id FROM programmes_return WHERE id = r.asked_of_id), '');\nRETURN NULL;\n",
                                    hash="602b6e4dbdc686ef2d410db3022f1750caa0de93",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_fe965",
                                    table="programmes_returnquestion",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnQuestionEvent",
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
                                to="programmes.returnquestion",
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
                            "asked_of",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.return",
                            ),
                        ),
                        ("question", models.TextField()),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True)),
                        (
                            "answered_by",
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
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Status",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statuses",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="statuses",
                                to="programmes.period",
                            ),
                        ),
                        (
                            "rag",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("green", "Green"),
                                    ("amber", "Amber"),
                                    ("red", "Red"),
                                    ("complete", "Complete"),
                                    ("not started", "Not started"),
                                    ("on hold", "On hold"),
                                ],
                                max_length=12,
                                null=True,
                            ),
                        ),
                        (
                            "percent_complete",
                            models.PositiveSmallIntegerField(blank=True, null=True),
                        ),
                        ("forecast_finish", models.DateField(blank=True, null=True)),
                        ("actual_finish", models.DateField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
                        ("get_to_green", models.TextField(blank=True)),
                        (
                            "decision_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.board",
                            ),
                        ),
                        ("decision_needed", models.TextField(blank=True)),
                        ("need_to_know", models.BooleanField(default=False)),
                        ("need_to_know_note", models.TextField(blank=True)),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                help_text="The frozen status that this one puts right.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="programmes.status",
                            ),
                        ),
                        ("correction_note", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "updated_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("updated_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(models.F("period"), models.F("rag"), name="status_by_rag")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "period"), name="one_status_a_period"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rag__isnull", True),
                                    (
                                        "rag__in",
                                        [
                                            "green",
                                            "amber",
                                            "red",
                                            "complete",
                                            "not started",
                                            "on hold",
                                        ],
                                    ),
                                    _connector="OR",
                                ),
                                name="rag_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("percent_complete__isnull", True),
                                    ("percent_complete__lte", 100),
                                    _connector="OR",
                                ),
                                name="percent_to_100",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision_from__isnull", False),
                                    ("decision_needed", ""),
                                    _connector="OR",
                                ),
                                name="decision_names_its_board",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("corrects__isnull", True),
                                    models.Q(("correction_note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="correction_says_what",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="frozen_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period WHERE id = NEW.period_id FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = NEW.period_id AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="4157f35133c08116c3019ba0900a9affedc35e80",
                                    operation="INSERT",
                                    pgid="pgtrigger_frozen_insert_bf786",
                                    table="programmes_status",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period WHERE id = OLD.period_id FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = OLD.period_id AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n\n    PERFORM 1 FROM programmes_period WHERE id = NEW.period_id FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = NEW.period_id AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="8aa9874376eeee092e238cb6345dcb0e9924dcb3",
                                    operation="UPDATE",
                                    pgid="pgtrigger_frozen_update_ae2cc",
                                    table="programmes_status",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period WHERE id = OLD.period_id FOR SHARE;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period\n        WHERE id = OLD.period_id AND state IN ('closed', 'published')\n    ) THEN\n        RAISE EXCEPTION 'The period is closed: what it holds never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN OLD;",
                                    hash="8ee58ecedc32164a435fb2abf5d6bfbc4e736746",
                                    operation="DELETE",
                                    pgid="pgtrigger_frozen_delete_657ed",
                                    table="programmes_status",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="carry_to_item",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    UPDATE programmes_planitem i SET (is_complete, forecast_finish) = (\nSELECT\n    COALESCE(\n        (SELECT s.rag = 'complete' FROM programmes_status s\n         JOIN programmes_period p ON p.id = s.period_id\n         WHERE s.item_id = i.id AND s.rag IS NOT NULL ORDER BY p.ends_on DESC LIMIT 1),\n        i.ticked\n    ),\n    (SELECT s.forecast_finish FROM programmes_status s\n     JOIN programmes_period p ON p.id = s.period_id\n     WHERE s.item_id = i.id AND s.forecast_finish IS NOT NULL ORDER BY p.ends_on DESC LIMIT 1)\n)\n    WHERE i.id = NEW.item_id;\nRETURN NULL;",
                                    hash="58abe4311af8f476183888953c0b20fdd044b3cb",
                                    operation='INSERT OR UPDATE OF "rag", "forecast_finish", "item_id", "period_id"',
                                    pgid="pgtrigger_carry_to_item_bee5a",
                                    table="programmes_status",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="carry_removal_to_item",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    UPDATE programmes_planitem i SET (is_complete, forecast_finish) = (\nSELECT\n    COALESCE(\n        (SELECT s.rag = 'complete' FROM programmes_status s\n         JOIN programmes_period p ON p.id = s.period_id\n         WHERE s.item_id = i.id AND s.rag IS NOT NULL ORDER BY p.ends_on DESC LIMIT 1),\n        i.ticked\n    ),\n    (SELECT s.forecast_finish FROM programmes_status s\n     JOIN programmes_period p ON p.id = s.period_id\n     WHERE s.item_id = i.id AND s.forecast_finish IS NOT NULL ORDER BY p.ends_on DESC LIMIT 1)\n)\n    WHERE i.id = OLD.item_id;\nRETURN NULL;",
                                    hash="6c2400cc76f745f2be23b6e9332e553be48f229e",
                                    operation="DELETE",
                                    pgid="pgtrigger_carry_removal_to_item_e18a4",
                                    table="programmes_status",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_statusevent" ("actual_finish", "correction_note", "corrects_id", "decision_from_id", "decision_needed", "forecast_finish", "get_to_green", "id", "item_id", "need_to_know", "need_to_know_note", "percent_complete", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rag", "reason", "updated_at", "updated_by_id", "version") VALUES (NEW."actual_finish", NEW."correction_note", NEW."corrects_id", NEW."decision_from_id", NEW."decision_needed", NEW."forecast_finish", NEW."get_to_green", NEW."id", NEW."item_id", NEW."need_to_know", NEW."need_to_know_note", NEW."percent_complete", NEW."period_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."rag", NEW."reason", NEW."updated_at", NEW."updated_by_id", NEW."version"); RETURN NULL;',
                                    hash="07528e6d8f16287c498d6bbccfdd9d2369dce54d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ddfc9",
                                    table="programmes_status",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "programmes_statusevent" ("actual_finish", "correction_note", "corrects_id", "decision_from_id", "decision_needed", "forecast_finish", "get_to_green", "id", "item_id", "need_to_know", "need_to_know_note", "percent_complete", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rag", "reason", "updated_at", "updated_by_id", "version") VALUES (NEW."actual_finish", NEW."correction_note", NEW."corrects_id", NEW."decision_from_id", NEW."decision_needed", NEW."forecast_finish", NEW."get_to_green", NEW."id", NEW."item_id", NEW."need_to_know", NEW."need_to_know_note", NEW."percent_complete", NEW."period_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."rag", NEW."reason", NEW."updated_at", NEW."updated_by_id", NEW."version"); RETURN NULL;',
                                    hash="be62ff03731eee2189d2a09a1b60e129ece4d96b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ab392",
                                    table="programmes_status",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_statusevent" ("actual_finish", "correction_note", "corrects_id", "decision_from_id", "decision_needed", "forecast_finish", "get_to_green", "id", "item_id", "need_to_know", "need_to_know_note", "percent_complete", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rag", "reason", "updated_at", "updated_by_id", "version") VALUES (OLD."actual_finish", OLD."correction_note", OLD."corrects_id", OLD."decision_from_id", OLD."decision_needed", OLD."forecast_finish", OLD."get_to_green", OLD."id", OLD."item_id", OLD."need_to_know", OLD."need_to_know_note", OLD."percent_complete", OLD."period_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."rag", OLD."reason", OLD."updated_at", OLD."updated_by_id", OLD."version"); RETURN NULL;',
                                    hash="4f6ee009937519bdb705f632b278836e7d196bc0",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ee5d7",
                                    table="programmes_status",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_status; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('item_id', OLD.item_id, 'period_id', OLD.period_id, 'rag', OLD.rag, 'percent_complete', OLD.percent_complete, 'forecast_finish', OLD.forecast_finish, 'actual_finish', OLD.actual_finish, 'reason', OLD.reason, 'get_to_green', OLD.get_to_green, 'decision_from_id', OLD.decision_from_id, 'decision_needed', OLD.decision_needed, 'need_to_know', OLD.need_to_know, 'need_to_know_note', OLD.need_to_know_note, 'corrects_id', OLD.corrects_id, 'correction_note', OLD.correction_note); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('item_id', NEW.item_id, 'period_id', NEW.period_id, 'rag', NEW.rag, 'percent_complete', NEW.percent_complete, 'forecast_finish', NEW.forecast_finish, 'actual_finish', NEW.actual_finish, 'reason', NEW.reason, 'get_to_green', NEW.get_to_green, 'decision_from_id', NEW.decision_from_id, 'decision_needed', NEW.decision_needed, 'need_to_know', NEW.need_to_know, 'need_to_know_note', NEW.need_to_know_note, 'corrects_id', NEW.corrects_id, 'correction_note', NEW.correction_note); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.status', TG_OP, r.id, before, after, ARRAY['programmes.status:' || r.id, 'programmes.planitem:' || r.item_id]::text[], (SELECT place_id FROM programmes_period WHERE id = r.period_id), (SELECT programme_id FROM programmes_planitem WHERE id = r.item_id), r.reason);\nRETURN NULL;\n",
                                    hash="1556091bee8d112128525f75f0c8043cbf275e01",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_24c64",
                                    table="programmes_status",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatusEvent",
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
                                to="programmes.status",
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
                            "item",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.planitem",
                            ),
                        ),
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
                            "rag",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("green", "Green"),
                                    ("amber", "Amber"),
                                    ("red", "Red"),
                                    ("complete", "Complete"),
                                    ("not started", "Not started"),
                                    ("on hold", "On hold"),
                                ],
                                max_length=12,
                                null=True,
                            ),
                        ),
                        (
                            "percent_complete",
                            models.PositiveSmallIntegerField(blank=True, null=True),
                        ),
                        ("forecast_finish", models.DateField(blank=True, null=True)),
                        ("actual_finish", models.DateField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
                        ("get_to_green", models.TextField(blank=True)),
                        (
                            "decision_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.board",
                            ),
                        ),
                        ("decision_needed", models.TextField(blank=True)),
                        ("need_to_know", models.BooleanField(default=False)),
                        ("need_to_know_note", models.TextField(blank=True)),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The frozen status that this one puts right.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.status",
                            ),
                        ),
                        ("correction_note", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "updated_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("updated_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PlanUpload",
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
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uploads",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("plan", "Plan rows"),
                                    ("programmes", "Programmes"),
                                    ("return", "A return filled in offline"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("filename", models.CharField(max_length=200)),
                        ("data", models.BinaryField()),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="programmes.period",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("ready", "Ready"),
                                    ("waiting", "Being read"),
                                    ("failed", "Cannot be read"),
                                    ("applying", "Being imported"),
                                ],
                                default="ready",
                                max_length=8,
                            ),
                        ),
                        ("rows_read", models.PositiveIntegerField(default=0)),
                        (
                            "problem",
                            models.TextField(
                                blank=True, help_text="Why it cannot be read, or was not imported."
                            ),
                        ),
                        (
                            "found",
                            models.JSONField(
                                blank=True, help_text="What its preview found.", null=True
                            ),
                        ),
                        (
                            "decision",
                            models.JSONField(
                                blank=True, help_text="What is to be imported of it.", null=True
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField()),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["place", "-uploaded_at"], name="upload_newest")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_planuploadevent" ("applied_at", "decided_at", "decided_by_id", "filename", "id", "kind", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "problem", "programme_id", "rows_read", "state", "uploaded_at", "uploaded_by_id") VALUES (NEW."applied_at", NEW."decided_at", NEW."decided_by_id", NEW."filename", NEW."id", NEW."kind", NEW."period_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."problem", NEW."programme_id", NEW."rows_read", NEW."state", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                                    hash="30617844e9504dc502cdc16d0f4586b7889d1c16",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_07b19",
                                    table="programmes_planupload",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."applied_at" IS DISTINCT FROM (NEW."applied_at") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."filename" IS DISTINCT FROM (NEW."filename") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."period_id" IS DISTINCT FROM (NEW."period_id") OR OLD."place_id" IS DISTINCT FROM (NEW."place_id") OR OLD."problem" IS DISTINCT FROM (NEW."problem") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."rows_read" IS DISTINCT FROM (NEW."rows_read") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id"))',
                                    func='INSERT INTO "programmes_planuploadevent" ("applied_at", "decided_at", "decided_by_id", "filename", "id", "kind", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "problem", "programme_id", "rows_read", "state", "uploaded_at", "uploaded_by_id") VALUES (NEW."applied_at", NEW."decided_at", NEW."decided_by_id", NEW."filename", NEW."id", NEW."kind", NEW."period_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."problem", NEW."programme_id", NEW."rows_read", NEW."state", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                                    hash="b3a49a2bc9db9977e785c9b5a905ebe659f90363",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9451a",
                                    table="programmes_planupload",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "programmes_planuploadevent" ("applied_at", "decided_at", "decided_by_id", "filename", "id", "kind", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "problem", "programme_id", "rows_read", "state", "uploaded_at", "uploaded_by_id") VALUES (OLD."applied_at", OLD."decided_at", OLD."decided_by_id", OLD."filename", OLD."id", OLD."kind", OLD."period_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."problem", OLD."programme_id", OLD."rows_read", OLD."state", OLD."uploaded_at", OLD."uploaded_by_id"); RETURN NULL;',
                                    hash="f2874b7da00a00c6f4cc2d1c511d7ae16714b992",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_05b3e",
                                    table="programmes_planupload",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r programmes_planupload; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'kind', OLD.kind, 'filename', OLD.filename, 'programme_id', OLD.programme_id, 'period_id', OLD.period_id, 'uploaded_by_id', OLD.uploaded_by_id, 'uploaded_at', OLD.uploaded_at, 'applied_at', OLD.applied_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'kind', NEW.kind, 'filename', NEW.filename, 'programme_id', NEW.programme_id, 'period_id', NEW.period_id, 'uploaded_by_id', NEW.uploaded_by_id, 'uploaded_at', NEW.uploaded_at, 'applied_at', NEW.applied_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('programmes.planupload', TG_OP, r.id, before, after, ARRAY['programmes.planupload:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="248328176dc469825b347fa9da8606234f5bafb2",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_88a6a",
                                    table="programmes_planupload",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanUploadEvent",
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
                                to="programmes.planupload",
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
                            "place",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("plan", "Plan rows"),
                                    ("programmes", "Programmes"),
                                    ("return", "A return filled in offline"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("filename", models.CharField(max_length=200)),
                        (
                            "programme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.period",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("ready", "Ready"),
                                    ("waiting", "Being read"),
                                    ("failed", "Cannot be read"),
                                    ("applying", "Being imported"),
                                ],
                                default="ready",
                                max_length=8,
                            ),
                        ),
                        ("rows_read", models.PositiveIntegerField(default=0)),
                        (
                            "problem",
                            models.TextField(
                                blank=True, help_text="Why it cannot be read, or was not imported."
                            ),
                        ),
                        (
                            "decided_by",
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
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField()),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PlanUploadPart",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("lines", "Lines"),
                                    ("errors", "Errors"),
                                    ("conflicts", "Conflicts"),
                                    ("left", "Rows it does not have"),
                                    ("notes", "Notes"),
                                    ("waiting", "Asked for already"),
                                    ("left_out", "Not carried"),
                                    ("warnings", "Warnings"),
                                    ("requests", "Drafted"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(help_text="Its place in the list, from 0."),
                        ),
                        ("said", models.JSONField()),
                        (
                            "upload",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="programmes.planupload",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("upload", "kind", "number"), name="upload_part_once"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
