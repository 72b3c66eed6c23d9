import django.contrib.postgres.fields
import django.core.validators
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
                    name="Agreement",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="programmes.place",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("starts_on", models.DateField()),
                        (
                            "ends_on",
                            models.DateField(
                                help_text="The last day of the term, before any option."
                            ),
                        ),
                        (
                            "notice_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                help_text="How long notice to end it is.",
                                validators=[django.core.validators.MaxValueValidator(60)],
                            ),
                        ),
                        (
                            "decide_months",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="An option is decided at least so many months before the term ends.",
                                validators=[django.core.validators.MaxValueValidator(24)],
                            ),
                        ),
                        (
                            "share_rule",
                            models.CharField(
                                choices=[
                                    ("contributions", "In proportion to the year’s contributions"),
                                    ("bands", "By a table of bands"),
                                    ("own", "Each party its own lines"),
                                ],
                                default="contributions",
                                max_length=20,
                            ),
                        ),
                        ("notice_given_on", models.DateField(blank=True, null=True)),
                        ("notes", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="agreement_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("share_rule__in", ["contributions", "bands", "own"])
                                ),
                                name="share_rule_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_agreementevent" ("decide_months", "ends_on", "id", "notes", "notice_given_on", "notice_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "share_rule", "starts_on", "title", "version") VALUES (NEW."decide_months", NEW."ends_on", NEW."id", NEW."notes", NEW."notice_given_on", NEW."notice_months", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."share_rule", NEW."starts_on", NEW."title", NEW."version"); RETURN NULL;',
                                    hash="92a4f5432e8a6bdd3d4617eaecb59545b300928f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a2e95",
                                    table="finance_agreement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_agreementevent" ("decide_months", "ends_on", "id", "notes", "notice_given_on", "notice_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "share_rule", "starts_on", "title", "version") VALUES (NEW."decide_months", NEW."ends_on", NEW."id", NEW."notes", NEW."notice_given_on", NEW."notice_months", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."share_rule", NEW."starts_on", NEW."title", NEW."version"); RETURN NULL;',
                                    hash="d5d8cfcae64a972cf9be181dd51b80c114ebcb28",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_ee8ad",
                                    table="finance_agreement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_agreementevent" ("decide_months", "ends_on", "id", "notes", "notice_given_on", "notice_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "share_rule", "starts_on", "title", "version") VALUES (OLD."decide_months", OLD."ends_on", OLD."id", OLD."notes", OLD."notice_given_on", OLD."notice_months", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."share_rule", OLD."starts_on", OLD."title", OLD."version"); RETURN NULL;',
                                    hash="df0b60eb128e088c421715e7ea1c9629b058cf1d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_08ce3",
                                    table="finance_agreement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_agreement; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'title', OLD.title, 'starts_on', OLD.starts_on, 'ends_on', OLD.ends_on, 'notice_months', OLD.notice_months, 'decide_months', OLD.decide_months, 'share_rule', OLD.share_rule, 'notice_given_on', OLD.notice_given_on, 'notes', OLD.notes); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'title', NEW.title, 'starts_on', NEW.starts_on, 'ends_on', NEW.ends_on, 'notice_months', NEW.notice_months, 'decide_months', NEW.decide_months, 'share_rule', NEW.share_rule, 'notice_given_on', NEW.notice_given_on, 'notes', NEW.notes); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.agreement', TG_OP, r.id, before, after, ARRAY['finance.agreement:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="53538632c8e42efd77c13ca45662ea70050102cc",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_338c3",
                                    table="finance_agreement",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementEvent",
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
                                to="finance.agreement",
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
                        ("starts_on", models.DateField()),
                        (
                            "ends_on",
                            models.DateField(
                                help_text="The last day of the term, before any option."
                            ),
                        ),
                        (
                            "notice_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                help_text="How long notice to end it is.",
                                validators=[django.core.validators.MaxValueValidator(60)],
                            ),
                        ),
                        (
                            "decide_months",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="An option is decided at least so many months before the term ends.",
                                validators=[django.core.validators.MaxValueValidator(24)],
                            ),
                        ),
                        (
                            "share_rule",
                            models.CharField(
                                choices=[
                                    ("contributions", "In proportion to the year’s contributions"),
                                    ("bands", "By a table of bands"),
                                    ("own", "Each party its own lines"),
                                ],
                                default="contributions",
                                max_length=20,
                            ),
                        ),
                        ("notice_given_on", models.DateField(blank=True, null=True)),
                        ("notes", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AgreementParty",
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
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parties",
                                to="finance.agreement",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="programmes.organisation",
                            ),
                        ),
                        ("is_host", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "organisation"), name="one_party_an_agreement"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_agreementpartyevent" ("agreement_id", "id", "is_host", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agreement_id", NEW."id", NEW."is_host", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="0f60eab99ccf3bcdf6cad35988effc1448daa0e6",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_818b8",
                                    table="finance_agreementparty",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_agreementpartyevent" ("agreement_id", "id", "is_host", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agreement_id", NEW."id", NEW."is_host", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="05ab4e0f482c6306d6e6969120fcee9f4b0b8f0d",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_50326",
                                    table="finance_agreementparty",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_agreementpartyevent" ("agreement_id", "id", "is_host", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."agreement_id", OLD."id", OLD."is_host", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="98801c17623420de949ca3a205410fb2147b5f1f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_78663",
                                    table="finance_agreementparty",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_agreementparty; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('agreement_id', OLD.agreement_id, 'organisation_id', OLD.organisation_id, 'is_host', OLD.is_host); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('agreement_id', NEW.agreement_id, 'organisation_id', NEW.organisation_id, 'is_host', NEW.is_host); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.agreementparty', TG_OP, r.id, before, after, ARRAY['finance.agreementparty:' || r.id, 'finance.agreement:' || r.agreement_id]::text[], (SELECT place_id FROM finance_agreement WHERE id = r.agreement_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="998c6f187223224655a6be2b36f88dba30d1fb99",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_977d8",
                                    table="finance_agreementparty",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementPartyEvent",
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
                                to="finance.agreementparty",
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
                            "agreement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.agreement",
                            ),
                        ),
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
                        ("is_host", models.BooleanField(default=False)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AgreementOption",
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
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="options",
                                to="finance.agreement",
                            ),
                        ),
                        ("extends_to", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be decided"),
                                    ("taken", "Taken up"),
                                    ("lapsed", "Not taken up"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "extends_to"), name="one_option_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_on__isnull", True), ("state", "open")),
                                    models.Q(
                                        ("decided_on__isnull", False),
                                        ("state__in", ["taken", "lapsed"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="option_decided_on_a_day",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_agreementoptionevent" ("agreement_id", "decided_on", "extends_to", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."agreement_id", NEW."decided_on", NEW."extends_to", NEW."id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."state"); RETURN NULL;',
                                    hash="55c3487e1d555aceae3d44e52d018d5548e61ee3",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b203d",
                                    table="finance_agreementoption",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_agreementoptionevent" ("agreement_id", "decided_on", "extends_to", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."agreement_id", NEW."decided_on", NEW."extends_to", NEW."id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."state"); RETURN NULL;',
                                    hash="56ddec875ee2c3abb1e61149058d9bef246cb7f6",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e15aa",
                                    table="finance_agreementoption",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_agreementoptionevent" ("agreement_id", "decided_on", "extends_to", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."agreement_id", OLD."decided_on", OLD."extends_to", OLD."id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."state"); RETURN NULL;',
                                    hash="10f4ee1b10b577589d073bc841a9854037b92674",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_62c3f",
                                    table="finance_agreementoption",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_agreementoption; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('agreement_id', OLD.agreement_id, 'extends_to', OLD.extends_to, 'state', OLD.state, 'decided_on', OLD.decided_on); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('agreement_id', NEW.agreement_id, 'extends_to', NEW.extends_to, 'state', NEW.state, 'decided_on', NEW.decided_on); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.agreementoption', TG_OP, r.id, before, after, ARRAY['finance.agreementoption:' || r.id, 'finance.agreement:' || r.agreement_id]::text[], (SELECT place_id FROM finance_agreement WHERE id = r.agreement_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="7288bce0f42d2d3817de4bc99d4b12b4b79f6d4f",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_1a4fd",
                                    table="finance_agreementoption",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementOptionEvent",
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
                                to="finance.agreementoption",
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
                            "agreement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.agreement",
                            ),
                        ),
                        ("extends_to", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "To be decided"),
                                    ("taken", "Taken up"),
                                    ("lapsed", "Not taken up"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Contribution",
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
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contributions",
                                to="finance.agreement",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.organisation",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "organisation", "year"),
                                name="one_contribution_a_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)),
                                name="contribution_not_negative",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_contributionevent" ("agreement_id", "amount", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."agreement_id", NEW."amount", NEW."id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."year"); RETURN NULL;',
                                    hash="42bbd587ffbdafd939c562abdb592bec3f6a0cb5",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c9854",
                                    table="finance_contribution",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_contributionevent" ("agreement_id", "amount", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."agreement_id", NEW."amount", NEW."id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."year"); RETURN NULL;',
                                    hash="0db149bde9e4ef34378e793c7e470f0a7da00307",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_624b4",
                                    table="finance_contribution",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_contributionevent" ("agreement_id", "amount", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (OLD."agreement_id", OLD."amount", OLD."id", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."year"); RETURN NULL;',
                                    hash="bbb08f38ed7a8f3cc7ada6dc9c6f3c43f399e4dc",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1e392",
                                    table="finance_contribution",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_contribution; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('agreement_id', OLD.agreement_id, 'organisation_id', OLD.organisation_id, 'year', OLD.year, 'amount', OLD.amount); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('agreement_id', NEW.agreement_id, 'organisation_id', NEW.organisation_id, 'year', NEW.year, 'amount', NEW.amount); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.contribution', TG_OP, r.id, before, after, ARRAY['finance.contribution:' || r.id, 'finance.agreement:' || r.agreement_id]::text[], (SELECT place_id FROM finance_agreement WHERE id = r.agreement_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="ef9cc66272843f1c780db4286cae74fec8ccff26",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_5c92c",
                                    table="finance_contribution",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContributionEvent",
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
                                to="finance.contribution",
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
                            "agreement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.agreement",
                            ),
                        ),
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
                        ("year", models.PositiveSmallIntegerField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ShareBand",
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
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bands",
                                to="finance.agreement",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.organisation",
                            ),
                        ),
                        ("above", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                        ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agreement", "organisation", "above"),
                                name="one_share_a_band",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("above__gte", 0), ("percent__range", (0, 100))),
                                name="share_in_percent",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_sharebandevent" ("above", "agreement_id", "id", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."above", NEW."agreement_id", NEW."id", NEW."organisation_id", NEW."percent", _pgh_attach_context(), icp_now(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="7ed509e37cef4aa3589da3aaffb2b296af103e9d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b7cbc",
                                    table="finance_shareband",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_sharebandevent" ("above", "agreement_id", "id", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."above", NEW."agreement_id", NEW."id", NEW."organisation_id", NEW."percent", _pgh_attach_context(), icp_now(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="258ffdcda018a49d23ca64c27aab7a31e1028224",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_838cb",
                                    table="finance_shareband",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_sharebandevent" ("above", "agreement_id", "id", "organisation_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."above", OLD."agreement_id", OLD."id", OLD."organisation_id", OLD."percent", _pgh_attach_context(), icp_now(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="0a1441071506b4b4d343395664b56142cad3fcad",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_0b43a",
                                    table="finance_shareband",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_shareband; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('agreement_id', OLD.agreement_id, 'organisation_id', OLD.organisation_id, 'above', OLD.above, 'percent', OLD.percent); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('agreement_id', NEW.agreement_id, 'organisation_id', NEW.organisation_id, 'above', NEW.above, 'percent', NEW.percent); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.shareband', TG_OP, r.id, before, after, ARRAY['finance.shareband:' || r.id, 'finance.agreement:' || r.agreement_id]::text[], (SELECT place_id FROM finance_agreement WHERE id = r.agreement_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="d5e3b96bb35bb323c5310278eaf98ba79ed71ddd",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_16715",
                                    table="finance_shareband",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShareBandEvent",
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
                                to="finance.shareband",
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
                            "agreement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.agreement",
                            ),
                        ),
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
                        ("above", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                        ("percent", models.DecimalField(decimal_places=2, max_digits=5)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AgreementClause",
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
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="clauses",
                                to="finance.agreement",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("schedule", "Schedule"), ("variation", "Variation")],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("text", models.TextField(blank=True)),
                        ("counts_from", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["schedule", "variation"])),
                                name="clause_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "schedule"),
                                    ("counts_from__isnull", False),
                                    _connector="OR",
                                ),
                                name="variation_counts_from_a_day",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_agreementclauseevent" ("agreement_id", "counts_from", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "title") VALUES (NEW."agreement_id", NEW."counts_from", NEW."id", NEW."kind", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."text", NEW."title"); RETURN NULL;',
                                    hash="8f5fb2405e0f8d143d2a9de17d83f13e70c54f75",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_8fe07",
                                    table="finance_agreementclause",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_agreementclauseevent" ("agreement_id", "counts_from", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "title") VALUES (NEW."agreement_id", NEW."counts_from", NEW."id", NEW."kind", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."text", NEW."title"); RETURN NULL;',
                                    hash="49197f6a24a598e5858116b33863029c0105de7b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_54a6b",
                                    table="finance_agreementclause",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_agreementclauseevent" ("agreement_id", "counts_from", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "title") VALUES (OLD."agreement_id", OLD."counts_from", OLD."id", OLD."kind", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."text", OLD."title"); RETURN NULL;',
                                    hash="a7628c861936487e44305432423709a9afd6f07d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_69ec6",
                                    table="finance_agreementclause",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_agreementclause; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('agreement_id', OLD.agreement_id, 'kind', OLD.kind, 'title', OLD.title, 'text', OLD.text, 'counts_from', OLD.counts_from); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('agreement_id', NEW.agreement_id, 'kind', NEW.kind, 'title', NEW.title, 'text', NEW.text, 'counts_from', NEW.counts_from); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.agreementclause', TG_OP, r.id, before, after, ARRAY['finance.agreementclause:' || r.id, 'finance.agreement:' || r.agreement_id]::text[], (SELECT place_id FROM finance_agreement WHERE id = r.agreement_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="1962f3f500230635b64b2cb5f09ab2a27c87d365",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_f16f7",
                                    table="finance_agreementclause",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementClauseEvent",
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
                                to="finance.agreementclause",
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
                            "agreement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.agreement",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("schedule", "Schedule"), ("variation", "Variation")],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("text", models.TextField(blank=True)),
                        ("counts_from", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AgreementDocument",
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
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="finance.agreement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="document_has_a_name",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_agreementdocumentevent" ("added_at", "added_by_id", "agreement_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "sha256", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."agreement_id", NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."removed_at", NEW."sha256", NEW."size"); RETURN NULL;',
                                    hash="54f118629d19e440e6d0c1b027dcad60f71334e8",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b2fe8",
                                    table="finance_agreementdocument",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."agreement_id" IS DISTINCT FROM (NEW."agreement_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size"))',
                                    func='INSERT INTO "finance_agreementdocumentevent" ("added_at", "added_by_id", "agreement_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "sha256", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."agreement_id", NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."removed_at", NEW."sha256", NEW."size"); RETURN NULL;',
                                    hash="d65018e874d771d1bf506ea6b429661d78f8db30",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_0900c",
                                    table="finance_agreementdocument",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_agreementdocumentevent" ("added_at", "added_by_id", "agreement_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "sha256", "size") VALUES (OLD."added_at", OLD."added_by_id", OLD."agreement_id", OLD."id", OLD."name", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."removed_at", OLD."sha256", OLD."size"); RETURN NULL;',
                                    hash="890901de17b29adb822eafb18fea9ba233334e54",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_36a03",
                                    table="finance_agreementdocument",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_agreementdocument; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('name', OLD.name, 'size', OLD.size, 'sha256', OLD.sha256, 'added_by_id', OLD.added_by_id, 'added_at', OLD.added_at, 'removed_at', OLD.removed_at, 'agreement_id', OLD.agreement_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('name', NEW.name, 'size', NEW.size, 'sha256', NEW.sha256, 'added_by_id', NEW.added_by_id, 'added_at', NEW.added_at, 'removed_at', NEW.removed_at, 'agreement_id', NEW.agreement_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.agreementdocument', TG_OP, r.id, before, after, ARRAY['finance.agreementdocument:' || r.id, 'finance.agreement:' || r.agreement_id]::text[], (SELECT place_id FROM finance_agreement WHERE id = r.agreement_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="d60d3432c8bfee7f2f3ffbefbda5b6928b16f9ae",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_9c195",
                                    table="finance_agreementdocument",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementDocumentEvent",
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
                                to="finance.agreementdocument",
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
                            "agreement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.agreement",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FinanceMonth",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="finance_months",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ]
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ]
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("locked", "Closed to finance leads"),
                                    ("closed", "Closed"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "locks_on",
                            models.DateField(
                                blank=True,
                                help_text="From this day finance leads no longer enter figures.",
                                null=True,
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
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "year", "number"),
                                name="finance_month_once_a_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__range", (1, 12)), ("year__range", (2000, 2100))
                                ),
                                name="finance_month_exists",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "locked", "closed"])),
                                name="finance_month_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                        ("state", "closed"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True),
                                        ("closed_at__isnull", True),
                                        ("closed_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="finance_month_closed_by_someone",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="closed_month_never_changes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"state\" = 'closed')",
                                    func="\n                    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) THEN RETURN NEW; END IF;\n                    RAISE EXCEPTION 'A closed month of the accounts never changes.'\n                        USING ERRCODE = 'restrict_violation';\n                ",
                                    hash="7af94210671d562c90d0f27425a365ec2d64c2b4",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_closed_month_never_changes_8eae3",
                                    table="finance_financemonth",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_financemonthevent" ("closed_at", "closed_by_id", "id", "locks_on", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "state", "version", "year") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."id", NEW."locks_on", NEW."number", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."state", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="d36919e6d2c5279899586cdbd352b1c4521a7031",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_247ff",
                                    table="finance_financemonth",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_financemonthevent" ("closed_at", "closed_by_id", "id", "locks_on", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "state", "version", "year") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."id", NEW."locks_on", NEW."number", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."state", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="81f60e35b4ab04b8fadf5d5f0ac0d07d6b046e77",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_327b0",
                                    table="finance_financemonth",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_financemonthevent" ("closed_at", "closed_by_id", "id", "locks_on", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "state", "version", "year") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."id", OLD."locks_on", OLD."number", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."state", OLD."version", OLD."year"); RETURN NULL;',
                                    hash="df7ec03b7216d2dd9c10b3d50d1a065d1c564a07",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b65b0",
                                    table="finance_financemonth",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_financemonth; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'year', OLD.year, 'number', OLD.number, 'state', OLD.state, 'locks_on', OLD.locks_on, 'closed_at', OLD.closed_at, 'closed_by_id', OLD.closed_by_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'year', NEW.year, 'number', NEW.number, 'state', NEW.state, 'locks_on', NEW.locks_on, 'closed_at', NEW.closed_at, 'closed_by_id', NEW.closed_by_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.financemonth', TG_OP, r.id, before, after, ARRAY['finance.financemonth:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="f5a84441b1cca7648b3215c308999c234cb655c8",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_44032",
                                    table="finance_financemonth",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FinanceMonthEvent",
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
                                to="finance.financemonth",
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
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ]
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ]
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("locked", "Closed to finance leads"),
                                    ("closed", "Closed"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "locks_on",
                            models.DateField(
                                blank=True,
                                help_text="From this day finance leads no longer enter figures.",
                                null=True,
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
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MonthException",
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
                            "month",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exceptions",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="month_exceptions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("until", models.DateField()),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("month", "user"), name="one_exception_a_person"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_monthexceptionevent" ("given_by_id", "id", "month_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until", "user_id") VALUES (NEW."given_by_id", NEW."id", NEW."month_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."reason", NEW."until", NEW."user_id"); RETURN NULL;',
                                    hash="2b1bc36c0e8ccda176dbb027006ebbebdcfe258a",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_7ecfc",
                                    table="finance_monthexception",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_monthexceptionevent" ("given_by_id", "id", "month_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until", "user_id") VALUES (NEW."given_by_id", NEW."id", NEW."month_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."reason", NEW."until", NEW."user_id"); RETURN NULL;',
                                    hash="1f4467c356f45b2ae685f9b193330b33c21f0ee2",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_2acb6",
                                    table="finance_monthexception",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_monthexceptionevent" ("given_by_id", "id", "month_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "until", "user_id") VALUES (OLD."given_by_id", OLD."id", OLD."month_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."reason", OLD."until", OLD."user_id"); RETURN NULL;',
                                    hash="6fc2d206812657a393eb682cc44ff23e856158d0",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f272f",
                                    table="finance_monthexception",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_monthexception; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('month_id', OLD.month_id, 'user_id', OLD.user_id, 'until', OLD.until, 'reason', OLD.reason, 'given_by_id', OLD.given_by_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('month_id', NEW.month_id, 'user_id', NEW.user_id, 'until', NEW.until, 'reason', NEW.reason, 'given_by_id', NEW.given_by_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.monthexception', TG_OP, r.id, before, after, ARRAY['finance.monthexception:' || r.id, 'accounts.user:' || r.user_id]::text[], (SELECT place_id FROM finance_financemonth WHERE id = r.month_id), NULL::bigint, r.reason);\nRETURN NULL;\n",
                                    hash="aa4ff6d3fdf2b2781042abf8e9e6d982ddb91339",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_fa9cc",
                                    table="finance_monthexception",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonthExceptionEvent",
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
                                to="finance.monthexception",
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
                            "month",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.financemonth",
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
                        ("until", models.DateField()),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "given_by",
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
                    name="Submission",
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
                            "month",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="finance_submissions",
                                to="programmes.organisation",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not started", "Not started"),
                                    ("in hand", "In hand"),
                                    ("submitted", "Submitted"),
                                    ("queried", "Queried"),
                                    ("accepted", "Accepted"),
                                ],
                                default="not started",
                                max_length=12,
                            ),
                        ),
                        (
                            "ledger_annual_budget",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Pounds, as the partner's ledger says.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        (
                            "ledger_ytd_budget",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "ledger_ytd_actual",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "ledger_forecast",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
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
                        ("question", models.TextField(blank=True, help_text="Why it was queried.")),
                        (
                            "answer",
                            models.TextField(
                                blank=True, help_text="What the finance lead answers."
                            ),
                        ),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("month", "organisation"), name="one_submission_a_month"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "not started",
                                            "in hand",
                                            "submitted",
                                            "queried",
                                            "accepted",
                                        ],
                                    )
                                ),
                                name="submission_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("submitted", "accepted")),
                                        ("submitted_at__isnull", False),
                                        ("submitted_by__isnull", False),
                                    ),
                                    models.Q(
                                        ("state__in", ("not started", "in hand", "queried")),
                                        ("submitted_at__isnull", True),
                                        ("submitted_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="money_submitted_by_someone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("accepted_at__isnull", False),
                                        ("accepted_by__isnull", False),
                                        ("state", "accepted"),
                                        models.Q(
                                            ("accepted_by", models.F("submitted_by")), _negated=True
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(("state", "accepted"), _negated=True),
                                        ("accepted_at__isnull", True),
                                        ("accepted_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="money_accepted_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "queried"), _negated=True),
                                    models.Q(("question", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="money_queried_with_a_question",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="frozen_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = NEW.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = NEW.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="c3f3188f008ddab70115739da403a52555e2eb67",
                                    operation="INSERT",
                                    pgid="pgtrigger_frozen_insert_783bc",
                                    table="finance_submission",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = OLD.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = OLD.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n\n    PERFORM 1 FROM finance_financemonth WHERE id = NEW.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = NEW.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="4d74c2cca7203a7e375de546117259c2f519cf19",
                                    operation="UPDATE",
                                    pgid="pgtrigger_frozen_update_233d3",
                                    table="finance_submission",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = OLD.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = OLD.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN OLD;",
                                    hash="2925a549e8faeef435aebd69d9035534b522ae72",
                                    operation="DELETE",
                                    pgid="pgtrigger_frozen_delete_8e862",
                                    table="finance_submission",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_submissionevent" ("accepted_at", "accepted_by_id", "answer", "id", "ledger_annual_budget", "ledger_forecast", "ledger_ytd_actual", "ledger_ytd_budget", "month_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "state", "submitted_at", "submitted_by_id", "version") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."answer", NEW."id", NEW."ledger_annual_budget", NEW."ledger_forecast", NEW."ledger_ytd_actual", NEW."ledger_ytd_budget", NEW."month_id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."question", NEW."state", NEW."submitted_at", NEW."submitted_by_id", NEW."version"); RETURN NULL;',
                                    hash="b31d57b1acfff003c418ac8c68259ffc362e1796",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_7d23d",
                                    table="finance_submission",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_submissionevent" ("accepted_at", "accepted_by_id", "answer", "id", "ledger_annual_budget", "ledger_forecast", "ledger_ytd_actual", "ledger_ytd_budget", "month_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "state", "submitted_at", "submitted_by_id", "version") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."answer", NEW."id", NEW."ledger_annual_budget", NEW."ledger_forecast", NEW."ledger_ytd_actual", NEW."ledger_ytd_budget", NEW."month_id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."question", NEW."state", NEW."submitted_at", NEW."submitted_by_id", NEW."version"); RETURN NULL;',
                                    hash="287f99dc77eb0ef84ad2e3899f1fc19351a077e0",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_0dddf",
                                    table="finance_submission",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_submissionevent" ("accepted_at", "accepted_by_id", "answer", "id", "ledger_annual_budget", "ledger_forecast", "ledger_ytd_actual", "ledger_ytd_budget", "month_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "state", "submitted_at", "submitted_by_id", "version") VALUES (OLD."accepted_at", OLD."accepted_by_id", OLD."answer", OLD."id", OLD."ledger_annual_budget", OLD."ledger_forecast", OLD."ledger_ytd_actual", OLD."ledger_ytd_budget", OLD."month_id", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."question", OLD."state", OLD."submitted_at", OLD."submitted_by_id", OLD."version"); RETURN NULL;',
                                    hash="efbfeb1e27c8f517265e74d9375a70886a714b43",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f73cd",
                                    table="finance_submission",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_submission; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('month_id', OLD.month_id, 'organisation_id', OLD.organisation_id, 'state', OLD.state, 'ledger_annual_budget', OLD.ledger_annual_budget, 'ledger_ytd_budget', OLD.ledger_ytd_budget, 'ledger_ytd_actual', OLD.ledger_ytd_actual, 'ledger_forecast', OLD.ledger_forecast, 'submitted_by_id', OLD.submitted_by_id, 'submitted_at', OLD.submitted_at, 'question', OLD.question, 'answer', OLD.answer, 'accepted_by_id', OLD.accepted_by_id, 'accepted_at', OLD.accepted_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('month_id', NEW.month_id, 'organisation_id', NEW.organisation_id, 'state', NEW.state, 'ledger_annual_budget', NEW.ledger_annual_budget, 'ledger_ytd_budget', NEW.ledger_ytd_budget, 'ledger_ytd_actual', NEW.ledger_ytd_actual, 'ledger_forecast', NEW.ledger_forecast, 'submitted_by_id', NEW.submitted_by_id, 'submitted_at', NEW.submitted_at, 'question', NEW.question, 'answer', NEW.answer, 'accepted_by_id', NEW.accepted_by_id, 'accepted_at', NEW.accepted_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.submission', TG_OP, r.id, before, after, ARRAY['finance.submission:' || r.id]::text[], (SELECT place_id FROM finance_financemonth WHERE id = r.month_id), NULL::bigint, r.question);\nRETURN NULL;\n",
                                    hash="6615464abfef8d4fece03cde33e3c8828ab4c3af",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_0991e",
                                    table="finance_submission",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubmissionEvent",
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
                                to="finance.submission",
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
                            "month",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.financemonth",
                            ),
                        ),
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("not started", "Not started"),
                                    ("in hand", "In hand"),
                                    ("submitted", "Submitted"),
                                    ("queried", "Queried"),
                                    ("accepted", "Accepted"),
                                ],
                                default="not started",
                                max_length=12,
                            ),
                        ),
                        (
                            "ledger_annual_budget",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Pounds, as the partner's ledger says.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        (
                            "ledger_ytd_budget",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "ledger_ytd_actual",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "ledger_forecast",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
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
                        ("question", models.TextField(blank=True, help_text="Why it was queried.")),
                        (
                            "answer",
                            models.TextField(
                                blank=True, help_text="What the finance lead answers."
                            ),
                        ),
                        (
                            "accepted_by",
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
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Commentary",
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
                            "month",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commentary",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commentary",
                                to="programmes.organisation",
                            ),
                        ),
                        (
                            "workstream",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commentary",
                                to="programmes.programme",
                            ),
                        ),
                        ("text", models.TextField()),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("organisation__isnull", False),
                                        ("workstream__isnull", True),
                                    ),
                                    models.Q(
                                        ("organisation__isnull", True),
                                        ("workstream__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="commentary_on_one_thing",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("organisation__isnull", False)),
                                fields=("month", "organisation"),
                                name="one_commentary_a_partner",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("workstream__isnull", False)),
                                fields=("month", "workstream"),
                                name="one_commentary_a_workstream",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("accepted_at__isnull", False),
                                        ("accepted_by__isnull", False),
                                    ),
                                    models.Q(
                                        ("accepted_at__isnull", True), ("accepted_by__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="commentary_accepted_by_someone",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="frozen_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = NEW.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = NEW.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="d31f2e5860836ea37ada235004718104da9f7af6",
                                    operation="INSERT",
                                    pgid="pgtrigger_frozen_insert_0cbfa",
                                    table="finance_commentary",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = OLD.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = OLD.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n\n    PERFORM 1 FROM finance_financemonth WHERE id = NEW.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = NEW.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="2ea5a63f4ec6c092bd5949bf41adf713f747fb7b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_frozen_update_171e2",
                                    table="finance_commentary",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = OLD.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = OLD.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN OLD;",
                                    hash="6db330e0377d074202f303484296908f7d587d29",
                                    operation="DELETE",
                                    pgid="pgtrigger_frozen_delete_00526",
                                    table="finance_commentary",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_commentaryevent" ("accepted_at", "accepted_by_id", "id", "month_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version", "workstream_id") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."id", NEW."month_id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."text", NEW."version", NEW."workstream_id"); RETURN NULL;',
                                    hash="c8ba1cfcd1e7ab08a7ca8578baf37ea96389a265",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_03209",
                                    table="finance_commentary",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_commentaryevent" ("accepted_at", "accepted_by_id", "id", "month_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version", "workstream_id") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."id", NEW."month_id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."text", NEW."version", NEW."workstream_id"); RETURN NULL;',
                                    hash="492a09685999d931097a538dd3e849fb559e772b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_a5298",
                                    table="finance_commentary",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_commentaryevent" ("accepted_at", "accepted_by_id", "id", "month_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version", "workstream_id") VALUES (OLD."accepted_at", OLD."accepted_by_id", OLD."id", OLD."month_id", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."text", OLD."version", OLD."workstream_id"); RETURN NULL;',
                                    hash="68c97704b364a58fa0ecd23979eba58f1918059e",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_66f5a",
                                    table="finance_commentary",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_commentary; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('month_id', OLD.month_id, 'organisation_id', OLD.organisation_id, 'workstream_id', OLD.workstream_id, 'text', OLD.text, 'accepted_by_id', OLD.accepted_by_id, 'accepted_at', OLD.accepted_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('month_id', NEW.month_id, 'organisation_id', NEW.organisation_id, 'workstream_id', NEW.workstream_id, 'text', NEW.text, 'accepted_by_id', NEW.accepted_by_id, 'accepted_at', NEW.accepted_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.commentary', TG_OP, r.id, before, after, ARRAY['finance.commentary:' || r.id]::text[], (SELECT place_id FROM finance_financemonth WHERE id = r.month_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="51320fd6d3d945342cefac065bb86bc75cd4627b",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_d616b",
                                    table="finance_commentary",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommentaryEvent",
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
                                to="finance.commentary",
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
                            "month",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.financemonth",
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
                            "workstream",
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
                        ("text", models.TextField()),
                        (
                            "accepted_by",
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
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="BudgetLine",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="budget_lines",
                                to="programmes.organisation",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ]
                            ),
                        ),
                        (
                            "fund",
                            models.CharField(
                                choices=[
                                    ("pooled", "Pooled"),
                                    ("aligned", "Aligned"),
                                    ("unsplit", "Pooled and aligned, not split"),
                                    ("in collaboration", "In collaboration"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "workstream",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="budget_lines",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                blank=True,
                                help_text="What it is called where it belongs to no workstream.",
                                max_length=200,
                            ),
                        ),
                        (
                            "is_income",
                            models.BooleanField(
                                default=False,
                                help_text="Its figures are negative: money that comes in.",
                            ),
                        ),
                        (
                            "opening_budget",
                            models.DecimalField(decimal_places=2, default=0, max_digits=14),
                        ),
                        (
                            "pooled_budget",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Of an unsplit line: what of the annual budget is pooled.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        (
                            "aligned_budget",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("from_month", models.PositiveSmallIntegerField(default=1)),
                        ("to_month", models.PositiveSmallIntegerField(default=12)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "continues",
                            models.ManyToManyField(
                                blank=True, related_name="continued_by", to="finance.budgetline"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("workstream__isnull", False)),
                                fields=("organisation", "year", "fund", "workstream", "from_month"),
                                name="one_line_a_workstream",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("workstream__isnull", True)),
                                fields=("organisation", "year", "fund", "name", "from_month"),
                                name="one_line_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), ("workstream__isnull", False)),
                                    models.Q(
                                        ("workstream__isnull", True),
                                        models.Q(("name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="line_has_a_workstream_or_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "fund__in",
                                        ["pooled", "aligned", "unsplit", "in collaboration"],
                                    )
                                ),
                                name="fund_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fund", "unsplit"),
                                    models.Q(
                                        ("aligned_budget__isnull", True),
                                        ("pooled_budget__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="only_an_unsplit_line_divides",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_month__range", (1, 12)),
                                    ("to_month__range", (1, 12)),
                                    ("from_month__lte", models.F("to_month")),
                                ),
                                name="line_begins_before_it_ends",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_budgetlineevent" ("aligned_budget", "from_month", "fund", "id", "is_income", "name", "opening_budget", "order", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pooled_budget", "to_month", "version", "workstream_id", "year") VALUES (NEW."aligned_budget", NEW."from_month", NEW."fund", NEW."id", NEW."is_income", NEW."name", NEW."opening_budget", NEW."order", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."pooled_budget", NEW."to_month", NEW."version", NEW."workstream_id", NEW."year"); RETURN NULL;',
                                    hash="3e44001d68535fb0c0f8f2ec06de113439f54a01",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c74d1",
                                    table="finance_budgetline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_budgetlineevent" ("aligned_budget", "from_month", "fund", "id", "is_income", "name", "opening_budget", "order", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pooled_budget", "to_month", "version", "workstream_id", "year") VALUES (NEW."aligned_budget", NEW."from_month", NEW."fund", NEW."id", NEW."is_income", NEW."name", NEW."opening_budget", NEW."order", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."pooled_budget", NEW."to_month", NEW."version", NEW."workstream_id", NEW."year"); RETURN NULL;',
                                    hash="26e00a6066a1fb40642bf527a34ae02eef1a27ad",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_5e4b5",
                                    table="finance_budgetline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_budgetlineevent" ("aligned_budget", "from_month", "fund", "id", "is_income", "name", "opening_budget", "order", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pooled_budget", "to_month", "version", "workstream_id", "year") VALUES (OLD."aligned_budget", OLD."from_month", OLD."fund", OLD."id", OLD."is_income", OLD."name", OLD."opening_budget", OLD."order", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."pooled_budget", OLD."to_month", OLD."version", OLD."workstream_id", OLD."year"); RETURN NULL;',
                                    hash="c24967ffd511859bf2f40d638aca29c6a373b41d",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1ea71",
                                    table="finance_budgetline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_budgetline; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('organisation_id', OLD.organisation_id, 'year', OLD.year, 'fund', OLD.fund, 'workstream_id', OLD.workstream_id, 'name', OLD.name, 'is_income', OLD.is_income, 'opening_budget', OLD.opening_budget, 'pooled_budget', OLD.pooled_budget, 'aligned_budget', OLD.aligned_budget, 'order', OLD.order, 'from_month', OLD.from_month, 'to_month', OLD.to_month); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('organisation_id', NEW.organisation_id, 'year', NEW.year, 'fund', NEW.fund, 'workstream_id', NEW.workstream_id, 'name', NEW.name, 'is_income', NEW.is_income, 'opening_budget', NEW.opening_budget, 'pooled_budget', NEW.pooled_budget, 'aligned_budget', NEW.aligned_budget, 'order', NEW.order, 'from_month', NEW.from_month, 'to_month', NEW.to_month); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.budgetline', TG_OP, r.id, before, after, ARRAY['finance.budgetline:' || r.id]::text[], (SELECT place_id FROM programmes_organisation WHERE id = r.organisation_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="c9a60e0218174dbb37c272f80d857635d9a4a61c",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_9719e",
                                    table="finance_budgetline",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetLineEvent",
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
                                to="finance.budgetline",
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
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ]
                            ),
                        ),
                        (
                            "fund",
                            models.CharField(
                                choices=[
                                    ("pooled", "Pooled"),
                                    ("aligned", "Aligned"),
                                    ("unsplit", "Pooled and aligned, not split"),
                                    ("in collaboration", "In collaboration"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "workstream",
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
                            "name",
                            models.CharField(
                                blank=True,
                                help_text="What it is called where it belongs to no workstream.",
                                max_length=200,
                            ),
                        ),
                        (
                            "is_income",
                            models.BooleanField(
                                default=False,
                                help_text="Its figures are negative: money that comes in.",
                            ),
                        ),
                        (
                            "opening_budget",
                            models.DecimalField(decimal_places=2, default=0, max_digits=14),
                        ),
                        (
                            "pooled_budget",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Of an unsplit line: what of the annual budget is pooled.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        (
                            "aligned_budget",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("from_month", models.PositiveSmallIntegerField(default=1)),
                        ("to_month", models.PositiveSmallIntegerField(default=12)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Position",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="positions",
                                to="finance.budgetline",
                            ),
                        ),
                        (
                            "month",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="positions",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "annual_budget",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "ytd_budget",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "ytd_actual",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "forecast_outturn",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "comment",
                            models.TextField(
                                blank=True,
                                help_text="Why it moved or varies, where that must be said.",
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                help_text="The closed month whose late figures are in this one.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "correction",
                            models.TextField(
                                blank=True, help_text="What of that month it puts right."
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("line", "month"), name="one_position_a_month"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("correction", ""), ("corrects__isnull", True)),
                                    models.Q(
                                        ("corrects__isnull", False),
                                        models.Q(("correction", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_correction_says_what",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="frozen_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = NEW.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = NEW.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="48d2fc511e2a2052c8e805d1fba67cd87a441978",
                                    operation="INSERT",
                                    pgid="pgtrigger_frozen_insert_8a790",
                                    table="finance_position",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = OLD.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = OLD.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n\n    PERFORM 1 FROM finance_financemonth WHERE id = NEW.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = NEW.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="50c69b6657aa09e683f964bc1a90055c95b7f29e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_frozen_update_b9d90",
                                    table="finance_position",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = OLD.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = OLD.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN OLD;",
                                    hash="653426545aa5748e3ce3260310bf8a6be29027f0",
                                    operation="DELETE",
                                    pgid="pgtrigger_frozen_delete_54235",
                                    table="finance_position",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_positionevent" ("annual_budget", "comment", "correction", "corrects_id", "entered_at", "entered_by_id", "forecast_outturn", "id", "line_id", "month_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "ytd_actual", "ytd_budget") VALUES (NEW."annual_budget", NEW."comment", NEW."correction", NEW."corrects_id", NEW."entered_at", NEW."entered_by_id", NEW."forecast_outturn", NEW."id", NEW."line_id", NEW."month_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."version", NEW."ytd_actual", NEW."ytd_budget"); RETURN NULL;',
                                    hash="fbbc4c5790c61b8f8c4d1b793128c89373f28d78",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_59f46",
                                    table="finance_position",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_positionevent" ("annual_budget", "comment", "correction", "corrects_id", "entered_at", "entered_by_id", "forecast_outturn", "id", "line_id", "month_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "ytd_actual", "ytd_budget") VALUES (NEW."annual_budget", NEW."comment", NEW."correction", NEW."corrects_id", NEW."entered_at", NEW."entered_by_id", NEW."forecast_outturn", NEW."id", NEW."line_id", NEW."month_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."version", NEW."ytd_actual", NEW."ytd_budget"); RETURN NULL;',
                                    hash="e5b159a03597782a78f3b8754a4c9e3b0073cd8b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_995c7",
                                    table="finance_position",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_positionevent" ("annual_budget", "comment", "correction", "corrects_id", "entered_at", "entered_by_id", "forecast_outturn", "id", "line_id", "month_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "ytd_actual", "ytd_budget") VALUES (OLD."annual_budget", OLD."comment", OLD."correction", OLD."corrects_id", OLD."entered_at", OLD."entered_by_id", OLD."forecast_outturn", OLD."id", OLD."line_id", OLD."month_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."version", OLD."ytd_actual", OLD."ytd_budget"); RETURN NULL;',
                                    hash="9b70dcc4185c414d615946c6dac8009f5d9a26a4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_eea4f",
                                    table="finance_position",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_position; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('line_id', OLD.line_id, 'month_id', OLD.month_id, 'annual_budget', OLD.annual_budget, 'ytd_budget', OLD.ytd_budget, 'ytd_actual', OLD.ytd_actual, 'forecast_outturn', OLD.forecast_outturn, 'comment', OLD.comment, 'corrects_id', OLD.corrects_id, 'correction', OLD.correction, 'entered_by_id', OLD.entered_by_id, 'entered_at', OLD.entered_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('line_id', NEW.line_id, 'month_id', NEW.month_id, 'annual_budget', NEW.annual_budget, 'ytd_budget', NEW.ytd_budget, 'ytd_actual', NEW.ytd_actual, 'forecast_outturn', NEW.forecast_outturn, 'comment', NEW.comment, 'corrects_id', NEW.corrects_id, 'correction', NEW.correction, 'entered_by_id', NEW.entered_by_id, 'entered_at', NEW.entered_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.position', TG_OP, r.id, before, after, ARRAY['finance.position:' || r.id, 'finance.budgetline:' || r.line_id]::text[], (SELECT o.place_id FROM finance_budgetline l JOIN programmes_organisation o ON o.id = l.organisation_id WHERE l.id = r.line_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="b32ac47243a285b4e7d33a98fb18af7fcf33d275",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_aee11",
                                    table="finance_position",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PositionEvent",
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
                                to="finance.position",
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
                                to="finance.budgetline",
                            ),
                        ),
                        (
                            "month",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "annual_budget",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "ytd_budget",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "ytd_actual",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "forecast_outturn",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "comment",
                            models.TextField(
                                blank=True,
                                help_text="Why it moved or varies, where that must be said.",
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The closed month whose late figures are in this one.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "correction",
                            models.TextField(
                                blank=True, help_text="What of that month it puts right."
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "entered_by",
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
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Phase",
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
                                related_name="phases",
                                to="finance.budgetline",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("budget", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("line", "number"), name="one_phase_a_month"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__range", (1, 12))),
                                name="phase_month_exists",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_phaseevent" ("budget", "id", "line_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."budget", NEW."id", NEW."line_id", NEW."number", _pgh_attach_context(), icp_now(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="0b0b7a542694c41427ddaea4eff6b70015d272a0",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_dc89f",
                                    table="finance_phase",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_phaseevent" ("budget", "id", "line_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."budget", NEW."id", NEW."line_id", NEW."number", _pgh_attach_context(), icp_now(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="cac25f4fd596a7389681f32f2f2c694428d1348b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_14a38",
                                    table="finance_phase",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_phaseevent" ("budget", "id", "line_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."budget", OLD."id", OLD."line_id", OLD."number", _pgh_attach_context(), icp_now(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="35978ca8791a96fc31e63a3dba39f3ae3de200b4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_78705",
                                    table="finance_phase",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_phase; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('line_id', OLD.line_id, 'number', OLD.number, 'budget', OLD.budget); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('line_id', NEW.line_id, 'number', NEW.number, 'budget', NEW.budget); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.phase', TG_OP, r.id, before, after, ARRAY['finance.phase:' || r.id, 'finance.budgetline:' || r.line_id]::text[], (SELECT o.place_id FROM finance_budgetline l JOIN programmes_organisation o ON o.id = l.organisation_id WHERE l.id = r.line_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="8f89b04b6cba29ba6f64fda0fd33b7e83f33746f",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_38038",
                                    table="finance_phase",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhaseEvent",
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
                                to="finance.phase",
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
                                to="finance.budgetline",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("budget", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Basis",
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
                                related_name="bases",
                                to="programmes.organisation",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("text", models.TextField()),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "year"), name="one_basis_a_year"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_basisevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version", "year") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."text", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="c2b0aad53e735195aceeda6634d5f17e86d55dea",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_610a0",
                                    table="finance_basis",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_basisevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version", "year") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."text", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="18a0f3a07d4e71811ad9c0bef4e6c29043829902",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_78256",
                                    table="finance_basis",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_basisevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "version", "year") VALUES (OLD."id", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."text", OLD."version", OLD."year"); RETURN NULL;',
                                    hash="74bd69065b17e747264ee5709842982893ff69ae",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_8e97b",
                                    table="finance_basis",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_basis; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('organisation_id', OLD.organisation_id, 'year', OLD.year, 'text', OLD.text); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('organisation_id', NEW.organisation_id, 'year', NEW.year, 'text', NEW.text); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.basis', TG_OP, r.id, before, after, ARRAY['finance.basis:' || r.id]::text[], (SELECT place_id FROM programmes_organisation WHERE id = r.organisation_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="f854746d062dbe7bbabc2e645e44ccc813de6277",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_6de53",
                                    table="finance_basis",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BasisEvent",
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
                                to="finance.basis",
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
                        ("year", models.PositiveSmallIntegerField()),
                        ("text", models.TextField()),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FinancialRisk",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="financial_risks",
                                to="programmes.organisation",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("risk", "Risk"),
                                    ("opportunity", "Opportunity"),
                                    ("mitigation", "Mitigation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("ref", models.CharField(max_length=12)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "brought_forward",
                            models.BooleanField(
                                default=False, help_text="It comes from the year before."
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                help_text="From this month on it counts no longer.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="finance.financemonth",
                            ),
                        ),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "year", "side", "ref"),
                                name="financial_risk_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawn_because", ""), ("withdrawn_in__isnull", True)
                                    ),
                                    models.Q(
                                        ("withdrawn_in__isnull", False),
                                        models.Q(("withdrawn_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="withdrawn_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("side__in", ["risk", "opportunity", "mitigation"])
                                ),
                                name="side_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_financialriskevent" ("brought_forward", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "side", "title", "withdrawn_because", "withdrawn_in_id", "year") VALUES (NEW."brought_forward", NEW."id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."ref", NEW."side", NEW."title", NEW."withdrawn_because", NEW."withdrawn_in_id", NEW."year"); RETURN NULL;',
                                    hash="a5776670e6cb67b0b619926f6e750b6fb2ec9049",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_1f6cd",
                                    table="finance_financialrisk",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_financialriskevent" ("brought_forward", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "side", "title", "withdrawn_because", "withdrawn_in_id", "year") VALUES (NEW."brought_forward", NEW."id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."ref", NEW."side", NEW."title", NEW."withdrawn_because", NEW."withdrawn_in_id", NEW."year"); RETURN NULL;',
                                    hash="ca64a34a9ba7d5a92ea5c24db9cbbd2ac10a52db",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_05df3",
                                    table="finance_financialrisk",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_financialriskevent" ("brought_forward", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "side", "title", "withdrawn_because", "withdrawn_in_id", "year") VALUES (OLD."brought_forward", OLD."id", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."ref", OLD."side", OLD."title", OLD."withdrawn_because", OLD."withdrawn_in_id", OLD."year"); RETURN NULL;',
                                    hash="831966ed2d6a37bdded8921bf1795aa33d967660",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d777e",
                                    table="finance_financialrisk",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_financialrisk; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('organisation_id', OLD.organisation_id, 'year', OLD.year, 'side', OLD.side, 'ref', OLD.ref, 'title', OLD.title, 'brought_forward', OLD.brought_forward, 'withdrawn_in_id', OLD.withdrawn_in_id, 'withdrawn_because', OLD.withdrawn_because); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('organisation_id', NEW.organisation_id, 'year', NEW.year, 'side', NEW.side, 'ref', NEW.ref, 'title', NEW.title, 'brought_forward', NEW.brought_forward, 'withdrawn_in_id', NEW.withdrawn_in_id, 'withdrawn_because', NEW.withdrawn_because); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.financialrisk', TG_OP, r.id, before, after, ARRAY['finance.financialrisk:' || r.id]::text[], (SELECT place_id FROM programmes_organisation WHERE id = r.organisation_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="ef6bb2588587b12df5de904b2414400132be95fd",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_9479d",
                                    table="finance_financialrisk",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FinancialRiskEvent",
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
                                to="finance.financialrisk",
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
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("risk", "Risk"),
                                    ("opportunity", "Opportunity"),
                                    ("mitigation", "Mitigation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("ref", models.CharField(max_length=12)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "brought_forward",
                            models.BooleanField(
                                default=False, help_text="It comes from the year before."
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="From this month on it counts no longer.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.financemonth",
                            ),
                        ),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RiskPosition",
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
                            "risk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="positions",
                                to="finance.financialrisk",
                            ),
                        ),
                        (
                            "month",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="risk_positions",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "full_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Pounds; an opportunity or mitigation is negative where it is entered so.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        (
                            "probability",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Percent.",
                                max_digits=5,
                                null=True,
                            ),
                        ),
                        (
                            "recurrent",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "non_recurrent",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "weighted",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "carried_forward",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="What of it goes into next year.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("risk", "month"), name="one_risk_position_a_month"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("probability__isnull", True),
                                    ("probability__range", (0, 100)),
                                    _connector="OR",
                                ),
                                name="probability_in_percent",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="frozen_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = NEW.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = NEW.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="d19f9b337ffe6024fce8fd1328051c941964e92e",
                                    operation="INSERT",
                                    pgid="pgtrigger_frozen_insert_da13d",
                                    table="finance_riskposition",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = OLD.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = OLD.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n\n    PERFORM 1 FROM finance_financemonth WHERE id = NEW.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = NEW.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="cb08b89e112a50259b62b091675539b424b99c63",
                                    operation="UPDATE",
                                    pgid="pgtrigger_frozen_update_029c0",
                                    table="finance_riskposition",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = OLD.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = OLD.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN OLD;",
                                    hash="7bf226947509c1b1bf40ca35c121c674fecbe67c",
                                    operation="DELETE",
                                    pgid="pgtrigger_frozen_delete_2e658",
                                    table="finance_riskposition",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_riskpositionevent" ("carried_forward", "entered_at", "entered_by_id", "full_value", "id", "month_id", "non_recurrent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "recurrent", "risk_id", "version", "weighted") VALUES (NEW."carried_forward", NEW."entered_at", NEW."entered_by_id", NEW."full_value", NEW."id", NEW."month_id", NEW."non_recurrent", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."probability", NEW."recurrent", NEW."risk_id", NEW."version", NEW."weighted"); RETURN NULL;',
                                    hash="e91021631240c08b66d03b794ab56e64d68ac523",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d8eb4",
                                    table="finance_riskposition",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_riskpositionevent" ("carried_forward", "entered_at", "entered_by_id", "full_value", "id", "month_id", "non_recurrent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "recurrent", "risk_id", "version", "weighted") VALUES (NEW."carried_forward", NEW."entered_at", NEW."entered_by_id", NEW."full_value", NEW."id", NEW."month_id", NEW."non_recurrent", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."probability", NEW."recurrent", NEW."risk_id", NEW."version", NEW."weighted"); RETURN NULL;',
                                    hash="d2ef750ece75e81580b0334856262074395eba69",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_3b4fc",
                                    table="finance_riskposition",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_riskpositionevent" ("carried_forward", "entered_at", "entered_by_id", "full_value", "id", "month_id", "non_recurrent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "recurrent", "risk_id", "version", "weighted") VALUES (OLD."carried_forward", OLD."entered_at", OLD."entered_by_id", OLD."full_value", OLD."id", OLD."month_id", OLD."non_recurrent", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."probability", OLD."recurrent", OLD."risk_id", OLD."version", OLD."weighted"); RETURN NULL;',
                                    hash="a3e65216cd4b209dfdac6ef7d02a9aaee884fc47",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_cd53b",
                                    table="finance_riskposition",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_riskposition; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('risk_id', OLD.risk_id, 'month_id', OLD.month_id, 'full_value', OLD.full_value, 'probability', OLD.probability, 'recurrent', OLD.recurrent, 'non_recurrent', OLD.non_recurrent, 'weighted', OLD.weighted, 'carried_forward', OLD.carried_forward, 'entered_by_id', OLD.entered_by_id, 'entered_at', OLD.entered_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('risk_id', NEW.risk_id, 'month_id', NEW.month_id, 'full_value', NEW.full_value, 'probability', NEW.probability, 'recurrent', NEW.recurrent, 'non_recurrent', NEW.non_recurrent, 'weighted', NEW.weighted, 'carried_forward', NEW.carried_forward, 'entered_by_id', NEW.entered_by_id, 'entered_at', NEW.entered_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.riskposition', TG_OP, r.id, before, after, ARRAY['finance.riskposition:' || r.id, 'finance.financialrisk:' || r.risk_id]::text[], (SELECT place_id FROM finance_financemonth WHERE id = r.month_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="2e3d099b464c8b49e9c2d0787a078c40b32a6d9c",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_7f672",
                                    table="finance_riskposition",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskPositionEvent",
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
                                to="finance.riskposition",
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
                            "risk",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.financialrisk",
                            ),
                        ),
                        (
                            "month",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "full_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Pounds; an opportunity or mitigation is negative where it is entered so.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        (
                            "probability",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Percent.",
                                max_digits=5,
                                null=True,
                            ),
                        ),
                        (
                            "recurrent",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "non_recurrent",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "weighted",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "carried_forward",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="What of it goes into next year.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "entered_by",
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
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SavingsScheme",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="savings_schemes",
                                to="programmes.organisation",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=200)),
                        (
                            "saving_type",
                            models.CharField(
                                choices=[
                                    ("cash releasing", "Cash releasing"),
                                    ("productivity", "Productivity"),
                                    ("system saving", "System saving"),
                                    ("acute systems saving", "Acute systems saving"),
                                    ("re-investment", "Re-investment"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("provider", models.CharField(blank=True, max_length=80)),
                        (
                            "workstream",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="savings_schemes",
                                to="programmes.programme",
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=2, help_text="Pounds in the year.", max_digits=14
                            ),
                        ),
                        (
                            "mitigated_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="What is expected of it after risks.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        ("progress", models.CharField(blank=True, max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "year", "name"), name="savings_scheme_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "saving_type__in",
                                        [
                                            "cash releasing",
                                            "productivity",
                                            "system saving",
                                            "acute systems saving",
                                            "re-investment",
                                        ],
                                    )
                                ),
                                name="saving_type_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_savingsschemeevent" ("id", "mitigated_value", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "provider", "saving_type", "starts_on", "value", "version", "workstream_id", "year") VALUES (NEW."id", NEW."mitigated_value", NEW."name", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."progress", NEW."provider", NEW."saving_type", NEW."starts_on", NEW."value", NEW."version", NEW."workstream_id", NEW."year"); RETURN NULL;',
                                    hash="06daf51bc3c0a8c848f1753210bd62c16ee56dd6",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_711a6",
                                    table="finance_savingsscheme",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_savingsschemeevent" ("id", "mitigated_value", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "provider", "saving_type", "starts_on", "value", "version", "workstream_id", "year") VALUES (NEW."id", NEW."mitigated_value", NEW."name", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."progress", NEW."provider", NEW."saving_type", NEW."starts_on", NEW."value", NEW."version", NEW."workstream_id", NEW."year"); RETURN NULL;',
                                    hash="771e8c5a6d11340b67d521f82a1fb72405834e8e",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_89b0d",
                                    table="finance_savingsscheme",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_savingsschemeevent" ("id", "mitigated_value", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "provider", "saving_type", "starts_on", "value", "version", "workstream_id", "year") VALUES (OLD."id", OLD."mitigated_value", OLD."name", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."progress", OLD."provider", OLD."saving_type", OLD."starts_on", OLD."value", OLD."version", OLD."workstream_id", OLD."year"); RETURN NULL;',
                                    hash="7ddd55ce901566cc59f36e5296fc650f7cdbeeeb",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_893db",
                                    table="finance_savingsscheme",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_savingsscheme; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('organisation_id', OLD.organisation_id, 'year', OLD.year, 'name', OLD.name, 'saving_type', OLD.saving_type, 'provider', OLD.provider, 'workstream_id', OLD.workstream_id, 'starts_on', OLD.starts_on, 'value', OLD.value, 'mitigated_value', OLD.mitigated_value, 'progress', OLD.progress); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('organisation_id', NEW.organisation_id, 'year', NEW.year, 'name', NEW.name, 'saving_type', NEW.saving_type, 'provider', NEW.provider, 'workstream_id', NEW.workstream_id, 'starts_on', NEW.starts_on, 'value', NEW.value, 'mitigated_value', NEW.mitigated_value, 'progress', NEW.progress); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.savingsscheme', TG_OP, r.id, before, after, ARRAY['finance.savingsscheme:' || r.id]::text[], (SELECT place_id FROM programmes_organisation WHERE id = r.organisation_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="0c24a31baedc614230f404e14a4b83189ebd48f1",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_bf6b3",
                                    table="finance_savingsscheme",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavingsSchemeEvent",
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
                                to="finance.savingsscheme",
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
                        ("year", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=200)),
                        (
                            "saving_type",
                            models.CharField(
                                choices=[
                                    ("cash releasing", "Cash releasing"),
                                    ("productivity", "Productivity"),
                                    ("system saving", "System saving"),
                                    ("acute systems saving", "Acute systems saving"),
                                    ("re-investment", "Re-investment"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("provider", models.CharField(blank=True, max_length=80)),
                        (
                            "workstream",
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
                        ("starts_on", models.DateField()),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=2, help_text="Pounds in the year.", max_digits=14
                            ),
                        ),
                        (
                            "mitigated_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="What is expected of it after risks.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        ("progress", models.CharField(blank=True, max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SavingsPosition",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="savings_positions",
                                to="programmes.organisation",
                            ),
                        ),
                        (
                            "scheme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="positions",
                                to="finance.savingsscheme",
                            ),
                        ),
                        (
                            "month",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="savings_positions",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "plan_full_year",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "plan_ytd",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "actual_ytd",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "forecast_full_year",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "at_risk",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="What of the forecast is at medium or high risk.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        (
                            "risk_rating",
                            models.CharField(
                                blank=True,
                                choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("scheme__isnull", False)),
                                fields=("scheme", "month"),
                                name="one_savings_position_a_scheme",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("scheme__isnull", True)),
                                fields=("organisation", "month"),
                                name="one_savings_position_a_partner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("risk_rating__in", ["", "low", "medium", "high"])
                                ),
                                name="risk_rating_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="frozen_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = NEW.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = NEW.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="2de28ac5074d3f46ea510668be87add519ed0c97",
                                    operation="INSERT",
                                    pgid="pgtrigger_frozen_insert_4db90",
                                    table="finance_savingsposition",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = OLD.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = OLD.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n\n    PERFORM 1 FROM finance_financemonth WHERE id = NEW.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = NEW.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="ce9021b194f5c7f75de794aeb640b345d569333b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_frozen_update_2912b",
                                    table="finance_savingsposition",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM finance_financemonth WHERE id = OLD.month_id FOR SHARE;\n    IF EXISTS (SELECT 1 FROM finance_financemonth WHERE id = OLD.month_id AND state = 'closed') THEN\n        RAISE EXCEPTION 'The month is closed: its figures never change.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN OLD;",
                                    hash="51708ac1f1c5f49d9e05a401febe196d03fb1804",
                                    operation="DELETE",
                                    pgid="pgtrigger_frozen_delete_9478c",
                                    table="finance_savingsposition",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_savingspositionevent" ("actual_ytd", "at_risk", "entered_at", "entered_by_id", "forecast_full_year", "id", "month_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_full_year", "plan_ytd", "risk_rating", "scheme_id", "version") VALUES (NEW."actual_ytd", NEW."at_risk", NEW."entered_at", NEW."entered_by_id", NEW."forecast_full_year", NEW."id", NEW."month_id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."plan_full_year", NEW."plan_ytd", NEW."risk_rating", NEW."scheme_id", NEW."version"); RETURN NULL;',
                                    hash="e7778dc7bda038d08e94d029b086c94f2e9c116d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_aec62",
                                    table="finance_savingsposition",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_savingspositionevent" ("actual_ytd", "at_risk", "entered_at", "entered_by_id", "forecast_full_year", "id", "month_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_full_year", "plan_ytd", "risk_rating", "scheme_id", "version") VALUES (NEW."actual_ytd", NEW."at_risk", NEW."entered_at", NEW."entered_by_id", NEW."forecast_full_year", NEW."id", NEW."month_id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."plan_full_year", NEW."plan_ytd", NEW."risk_rating", NEW."scheme_id", NEW."version"); RETURN NULL;',
                                    hash="7b1716bf734a19149737f6c6c36909b8698e046b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f61dc",
                                    table="finance_savingsposition",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_savingspositionevent" ("actual_ytd", "at_risk", "entered_at", "entered_by_id", "forecast_full_year", "id", "month_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_full_year", "plan_ytd", "risk_rating", "scheme_id", "version") VALUES (OLD."actual_ytd", OLD."at_risk", OLD."entered_at", OLD."entered_by_id", OLD."forecast_full_year", OLD."id", OLD."month_id", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."plan_full_year", OLD."plan_ytd", OLD."risk_rating", OLD."scheme_id", OLD."version"); RETURN NULL;',
                                    hash="9b045bb87a40ccbb16fa554c02cec46975b088d4",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4861c",
                                    table="finance_savingsposition",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_savingsposition; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('organisation_id', OLD.organisation_id, 'scheme_id', OLD.scheme_id, 'month_id', OLD.month_id, 'plan_full_year', OLD.plan_full_year, 'plan_ytd', OLD.plan_ytd, 'actual_ytd', OLD.actual_ytd, 'forecast_full_year', OLD.forecast_full_year, 'at_risk', OLD.at_risk, 'risk_rating', OLD.risk_rating, 'entered_by_id', OLD.entered_by_id, 'entered_at', OLD.entered_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('organisation_id', NEW.organisation_id, 'scheme_id', NEW.scheme_id, 'month_id', NEW.month_id, 'plan_full_year', NEW.plan_full_year, 'plan_ytd', NEW.plan_ytd, 'actual_ytd', NEW.actual_ytd, 'forecast_full_year', NEW.forecast_full_year, 'at_risk', NEW.at_risk, 'risk_rating', NEW.risk_rating, 'entered_by_id', NEW.entered_by_id, 'entered_at', NEW.entered_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.savingsposition', TG_OP, r.id, before, after, ARRAY['finance.savingsposition:' || r.id]::text[], (SELECT place_id FROM finance_financemonth WHERE id = r.month_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="75e5e2e4ba020a562522e49853ca09f1f83fd1ac",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_d69ee",
                                    table="finance_savingsposition",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavingsPositionEvent",
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
                                to="finance.savingsposition",
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
                            "scheme",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.savingsscheme",
                            ),
                        ),
                        (
                            "month",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "plan_full_year",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "plan_ytd",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "actual_ytd",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "forecast_full_year",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        (
                            "at_risk",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="What of the forecast is at medium or high risk.",
                                max_digits=14,
                                null=True,
                            ),
                        ),
                        (
                            "risk_rating",
                            models.CharField(
                                blank=True,
                                choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "entered_by",
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
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MonthNotice",
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
                            "month",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="finance.financemonth",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="month_notices",
                                to="programmes.organisation",
                            ),
                        ),
                        ("what", models.CharField(max_length=20)),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("month", "organisation", "what"), name="month_notice_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkingPaper",
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="finance.budgetline",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="working_paper_has_a_name",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_workingpaperevent" ("added_at", "added_by_id", "id", "line_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "sha256", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", NEW."line_id", NEW."name", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."removed_at", NEW."sha256", NEW."size"); RETURN NULL;',
                                    hash="c2fc266bc9e31727f5578262cddbd69d9b6d4849",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_90725",
                                    table="finance_workingpaper",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size"))',
                                    func='INSERT INTO "finance_workingpaperevent" ("added_at", "added_by_id", "id", "line_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "sha256", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", NEW."line_id", NEW."name", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."removed_at", NEW."sha256", NEW."size"); RETURN NULL;',
                                    hash="39acae2a6eb7c9e51d001378b3d48203664f8698",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_63d2f",
                                    table="finance_workingpaper",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_workingpaperevent" ("added_at", "added_by_id", "id", "line_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "sha256", "size") VALUES (OLD."added_at", OLD."added_by_id", OLD."id", OLD."line_id", OLD."name", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."removed_at", OLD."sha256", OLD."size"); RETURN NULL;',
                                    hash="0c1d7632d0a4024f517ae336dab496e6559221ee",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_7c715",
                                    table="finance_workingpaper",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_workingpaper; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('name', OLD.name, 'size', OLD.size, 'sha256', OLD.sha256, 'added_by_id', OLD.added_by_id, 'added_at', OLD.added_at, 'removed_at', OLD.removed_at, 'line_id', OLD.line_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('name', NEW.name, 'size', NEW.size, 'sha256', NEW.sha256, 'added_by_id', NEW.added_by_id, 'added_at', NEW.added_at, 'removed_at', NEW.removed_at, 'line_id', NEW.line_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.workingpaper', TG_OP, r.id, before, after, ARRAY['finance.workingpaper:' || r.id, 'finance.budgetline:' || r.line_id]::text[], (SELECT o.place_id FROM finance_budgetline l JOIN programmes_organisation o ON o.id = l.organisation_id WHERE l.id = r.line_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="a83b78be73c2a893f25838440ddca757c63fe657",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_6cfc4",
                                    table="finance_workingpaper",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkingPaperEvent",
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
                                to="finance.workingpaper",
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
                            "line",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.budgetline",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PoolingCase",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pooling_cases",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="finance.agreement",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("purpose", models.TextField(blank=True)),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ]
                            ),
                        ),
                        ("years", models.PositiveSmallIntegerField(default=3)),
                        ("options", models.PositiveSmallIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("options__range", (0, 20)), ("years__range", (1, 20))
                                ),
                                name="case_runs_for_some_years",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_poolingcaseevent" ("agreement_id", "id", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "purpose", "title", "version", "year", "years") VALUES (NEW."agreement_id", NEW."id", NEW."options", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."purpose", NEW."title", NEW."version", NEW."year", NEW."years"); RETURN NULL;',
                                    hash="65f8c40b60327797977dd12fd25771ef6e4bc16b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ffccf",
                                    table="finance_poolingcase",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_poolingcaseevent" ("agreement_id", "id", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "purpose", "title", "version", "year", "years") VALUES (NEW."agreement_id", NEW."id", NEW."options", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."purpose", NEW."title", NEW."version", NEW."year", NEW."years"); RETURN NULL;',
                                    hash="1177e2fae11f06e769e747081bccb911521a82c8",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_aac34",
                                    table="finance_poolingcase",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_poolingcaseevent" ("agreement_id", "id", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "purpose", "title", "version", "year", "years") VALUES (OLD."agreement_id", OLD."id", OLD."options", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."purpose", OLD."title", OLD."version", OLD."year", OLD."years"); RETURN NULL;',
                                    hash="eae10c728560660b0be62aa052cd41eaa10207b0",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_bed47",
                                    table="finance_poolingcase",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_poolingcase; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'agreement_id', OLD.agreement_id, 'title', OLD.title, 'purpose', OLD.purpose, 'year', OLD.year, 'years', OLD.years, 'options', OLD.options); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'agreement_id', NEW.agreement_id, 'title', NEW.title, 'purpose', NEW.purpose, 'year', NEW.year, 'years', NEW.years, 'options', NEW.options); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.poolingcase', TG_OP, r.id, before, after, ARRAY['finance.poolingcase:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="9e88d8172e160cf0cb9ea192d6398c5f50be44b3",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_a5b86",
                                    table="finance_poolingcase",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PoolingCaseEvent",
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
                                to="finance.poolingcase",
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
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.agreement",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("purpose", models.TextField(blank=True)),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ]
                            ),
                        ),
                        ("years", models.PositiveSmallIntegerField(default=3)),
                        ("options", models.PositiveSmallIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CaseContribution",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contributions",
                                to="finance.poolingcase",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.organisation",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "organisation"), name="one_contribution_a_partner"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)),
                                name="case_contribution_not_negative",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_casecontributionevent" ("amount", "case_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount", NEW."case_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="0601f41ec0a341b986383565d868b0517c7975d1",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d97e3",
                                    table="finance_casecontribution",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_casecontributionevent" ("amount", "case_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount", NEW."case_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="c1ea130dd8206b0531d2cfffbeb994699add53df",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_de98f",
                                    table="finance_casecontribution",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_casecontributionevent" ("amount", "case_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."amount", OLD."case_id", OLD."id", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="ed9fe30e7d0035a2691ff28fd9c218e5f582a5c0",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_92034",
                                    table="finance_casecontribution",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_casecontribution; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('case_id', OLD.case_id, 'organisation_id', OLD.organisation_id, 'amount', OLD.amount); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('case_id', NEW.case_id, 'organisation_id', NEW.organisation_id, 'amount', NEW.amount); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.casecontribution', TG_OP, r.id, before, after, ARRAY['finance.casecontribution:' || r.id, 'finance.poolingcase:' || r.case_id]::text[], (SELECT place_id FROM finance_poolingcase WHERE id = r.case_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="e1e8a12e07d33baa44546f8959fd313968dfbf54",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_0b0c9",
                                    table="finance_casecontribution",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseContributionEvent",
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
                                to="finance.casecontribution",
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
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.poolingcase",
                            ),
                        ),
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
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CaseApproval",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="finance.poolingcase",
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pooling_approvals",
                                to="programmes.board",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("approved", "Approved"),
                                    ("refused", "Refused"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("note", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "board"), name="one_approval_a_board"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_on__isnull", True), ("state", "waiting")),
                                    models.Q(
                                        ("decided_on__isnull", False),
                                        ("state__in", ["approved", "refused"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="approval_decided_on_a_day",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_caseapprovalevent" ("board_id", "case_id", "decided_on", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."board_id", NEW."case_id", NEW."decided_on", NEW."id", NEW."note", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."state"); RETURN NULL;',
                                    hash="ccffc6b2c38c8dce31b9a2004d4834b29a1b2415",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c5dcc",
                                    table="finance_caseapproval",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_caseapprovalevent" ("board_id", "case_id", "decided_on", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."board_id", NEW."case_id", NEW."decided_on", NEW."id", NEW."note", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."state"); RETURN NULL;',
                                    hash="6ff6a0ff60cbde7edaa6070242a7f9b1b01ff1fd",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b7d34",
                                    table="finance_caseapproval",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_caseapprovalevent" ("board_id", "case_id", "decided_on", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."board_id", OLD."case_id", OLD."decided_on", OLD."id", OLD."note", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."state"); RETURN NULL;',
                                    hash="1b5b820cafb53e8b90d1cf7d1c172cc0e86d7dc1",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_587f9",
                                    table="finance_caseapproval",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_caseapproval; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('case_id', OLD.case_id, 'board_id', OLD.board_id, 'state', OLD.state, 'decided_on', OLD.decided_on, 'note', OLD.note); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('case_id', NEW.case_id, 'board_id', NEW.board_id, 'state', NEW.state, 'decided_on', NEW.decided_on, 'note', NEW.note); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.caseapproval', TG_OP, r.id, before, after, ARRAY['finance.caseapproval:' || r.id, 'finance.poolingcase:' || r.case_id, 'programmes.board:' || r.board_id]::text[], (SELECT place_id FROM finance_poolingcase WHERE id = r.case_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="e89cd13ec215bf557ec7472b6602b5a04879e0cf",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_0d501",
                                    table="finance_caseapproval",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseApprovalEvent",
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
                                to="finance.caseapproval",
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
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.poolingcase",
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("approved", "Approved"),
                                    ("refused", "Refused"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("note", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Headroom",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="headrooms",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ]
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("allocation", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "year", "name"), name="headroom_once_a_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("allocation__gte", 0)),
                                name="headroom_not_negative",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_headroomevent" ("allocation", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version", "year") VALUES (NEW."allocation", NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="9cc55430895561f6190a93b40acfd3c98b0671bf",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_7b645",
                                    table="finance_headroom",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_headroomevent" ("allocation", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version", "year") VALUES (NEW."allocation", NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="663f4dbacbdfc66f9d13e29f1d3118fdad30e687",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_7bf70",
                                    table="finance_headroom",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_headroomevent" ("allocation", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version", "year") VALUES (OLD."allocation", OLD."id", OLD."name", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."version", OLD."year"); RETURN NULL;',
                                    hash="8d43e449ef7e7b9c9bca721fb93528163175f9c6",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_14bb9",
                                    table="finance_headroom",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_headroom; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'year', OLD.year, 'name', OLD.name, 'allocation', OLD.allocation); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'year', NEW.year, 'name', NEW.name, 'allocation', NEW.allocation); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.headroom', TG_OP, r.id, before, after, ARRAY['finance.headroom:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="a10f6a850b4c1b9b9281205641462ffe61ff16bc",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_31f6f",
                                    table="finance_headroom",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeadroomEvent",
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
                                to="finance.headroom",
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
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ]
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("allocation", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Commitment",
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
                            "headroom",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="commitments",
                                to="finance.headroom",
                            ),
                        ),
                        ("quarter", models.PositiveSmallIntegerField()),
                        ("what", models.CharField(max_length=200)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quarter__range", (1, 4))),
                                name="commitment_quarter_exists",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_commitmentevent" ("amount", "headroom_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "what") VALUES (NEW."amount", NEW."headroom_id", NEW."id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."quarter", NEW."what"); RETURN NULL;',
                                    hash="ad42a0acae72c6149226913939a4f04f0c18c65d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_87d12",
                                    table="finance_commitment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_commitmentevent" ("amount", "headroom_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "what") VALUES (NEW."amount", NEW."headroom_id", NEW."id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."quarter", NEW."what"); RETURN NULL;',
                                    hash="f4a385b9b76a3dee6f5e093cec96937182b42e80",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c9662",
                                    table="finance_commitment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_commitmentevent" ("amount", "headroom_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "what") VALUES (OLD."amount", OLD."headroom_id", OLD."id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."quarter", OLD."what"); RETURN NULL;',
                                    hash="d860b7496a7499e42e907fb89b94f0401c448320",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_821ea",
                                    table="finance_commitment",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_commitment; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('headroom_id', OLD.headroom_id, 'quarter', OLD.quarter, 'what', OLD.what, 'amount', OLD.amount); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('headroom_id', NEW.headroom_id, 'quarter', NEW.quarter, 'what', NEW.what, 'amount', NEW.amount); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.commitment', TG_OP, r.id, before, after, ARRAY['finance.commitment:' || r.id, 'finance.headroom:' || r.headroom_id]::text[], (SELECT place_id FROM finance_headroom WHERE id = r.headroom_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="01412bda8de8b05b1d59b5eb3e944023dd0ebf64",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_41c94",
                                    table="finance_commitment",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitmentEvent",
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
                                to="finance.commitment",
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
                            "headroom",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.headroom",
                            ),
                        ),
                        ("quarter", models.PositiveSmallIntegerField()),
                        ("what", models.CharField(max_length=200)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PostedOnce",
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
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("key", models.CharField(max_length=200)),
                        ("sha256", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("answer", models.JSONField()),
                        ("etag", models.CharField(blank=True, max_length=60)),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "key"), name="posted_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FinanceReport",
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
                            "month",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report",
                                to="finance.financemonth",
                            ),
                        ),
                        ("schema", models.PositiveSmallIntegerField()),
                        ("content", models.JSONField()),
                        ("checksum", models.CharField(max_length=64)),
                        ("pdf", models.BinaryField(blank=True, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                help_text="Who closed the month, and so may not publish its report.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("pdf__isnull", True),
                                        ("published_at__isnull", True),
                                        ("published_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("pdf__isnull", False),
                                        ("published_at__isnull", False),
                                        ("published_by__isnull", False),
                                        models.Q(
                                            ("published_by", models.F("closed_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="finance_report_published_by_another",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="money_closer_is_who_closed",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NEW.closed_by_id IS DISTINCT FROM\n                       (SELECT closed_by_id FROM finance_financemonth WHERE id = NEW.month_id)\n                    THEN\n                        RAISE EXCEPTION 'A report names who closed its month, and nobody else.'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="b54dde6f19849686ff24a930ca8a57c27bb86f13",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_money_closer_is_who_closed_4b3c5",
                                    table="finance_financereport",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="content_never_changes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF TG_OP = 'DELETE' OR OLD.published_at IS NOT NULL OR\n                       (NEW.content, NEW.schema, NEW.checksum, NEW.month_id)\n                       IS DISTINCT FROM (OLD.content, OLD.schema, OLD.checksum, OLD.month_id)\n                    THEN\n                        RAISE EXCEPTION 'A finance report never changes.'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="7efb41e4f5823573b1b10d0a39404b4c8fd4b9cc",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_content_never_changes_89f84",
                                    table="finance_financereport",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_financereportevent" ("checksum", "closed_by_id", "id", "month_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "schema", "version") VALUES (NEW."checksum", NEW."closed_by_id", NEW."id", NEW."month_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."schema", NEW."version"); RETURN NULL;',
                                    hash="31bcd4c8c845a63d2479998916e922f598e1d3fc",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_74090",
                                    table="finance_financereport",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."checksum" IS DISTINCT FROM (NEW."checksum") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."month_id" IS DISTINCT FROM (NEW."month_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."schema" IS DISTINCT FROM (NEW."schema") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                                    func='INSERT INTO "finance_financereportevent" ("checksum", "closed_by_id", "id", "month_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "schema", "version") VALUES (NEW."checksum", NEW."closed_by_id", NEW."id", NEW."month_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."schema", NEW."version"); RETURN NULL;',
                                    hash="b04caa3f524ac24936b484eb006d9e9f21b75ad1",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_65d88",
                                    table="finance_financereport",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_financereportevent" ("checksum", "closed_by_id", "id", "month_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "schema", "version") VALUES (OLD."checksum", OLD."closed_by_id", OLD."id", OLD."month_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."schema", OLD."version"); RETURN NULL;',
                                    hash="7a5481d19fef249e07f14d6f1714483b4f8d33da",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b2c9e",
                                    table="finance_financereport",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_financereport; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('month_id', OLD.month_id, 'schema', OLD.schema, 'checksum', OLD.checksum, 'closed_by_id', OLD.closed_by_id, 'published_by_id', OLD.published_by_id, 'published_at', OLD.published_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('month_id', NEW.month_id, 'schema', NEW.schema, 'checksum', NEW.checksum, 'closed_by_id', NEW.closed_by_id, 'published_by_id', NEW.published_by_id, 'published_at', NEW.published_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.financereport', TG_OP, r.id, before, after, ARRAY['finance.financereport:' || r.id]::text[], (SELECT place_id FROM finance_financemonth WHERE id = r.month_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="f47ef0caa1f9fa77aa9c10563aeeea890f0aa657",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_9f599",
                                    table="finance_financereport",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FinanceReportEvent",
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
                                to="finance.financereport",
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
                            "month",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.financemonth",
                            ),
                        ),
                        ("schema", models.PositiveSmallIntegerField()),
                        ("checksum", models.CharField(max_length=64)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                help_text="Who closed the month, and so may not publish its report.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                    name="FinanceRules",
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="finance_rules",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "comment_above",
                            models.DecimalField(
                                decimal_places=2,
                                default=250000,
                                help_text="A variance or movement of this much needs a comment.",
                                max_digits=14,
                            ),
                        ),
                        (
                            "comment_above_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=5,
                                help_text="So does one of this much of the annual budget.",
                                max_digits=5,
                            ),
                        ),
                        (
                            "board_above",
                            models.DecimalField(
                                decimal_places=2,
                                default=500000,
                                help_text="A virement of this much needs a board.",
                                max_digits=14,
                            ),
                        ),
                        (
                            "across_partners",
                            models.BooleanField(
                                default=False,
                                help_text="The agreement allows virements between partners.",
                            ),
                        ),
                        (
                            "walls",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                help_text="Questions that stop a partner from handing in until the figures are changed.",
                                size=None,
                            ),
                        ),
                        (
                            "due_working_days",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Figures are due on this working day after the month’s end.",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("board_above__gte", 0),
                                    ("comment_above__gte", 0),
                                    ("comment_above_percent__gte", 0),
                                ),
                                name="finance_thresholds_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_working_days__range", (1, 20))),
                                name="figures_due_within_a_month",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_financerulesevent" ("across_partners", "board_above", "comment_above", "comment_above_percent", "due_working_days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version", "walls") VALUES (NEW."across_partners", NEW."board_above", NEW."comment_above", NEW."comment_above_percent", NEW."due_working_days", NEW."id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."version", NEW."walls"); RETURN NULL;',
                                    hash="1704926ab100f9dde57c5760d75b31dded47a52d",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_acb86",
                                    table="finance_financerules",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_financerulesevent" ("across_partners", "board_above", "comment_above", "comment_above_percent", "due_working_days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version", "walls") VALUES (NEW."across_partners", NEW."board_above", NEW."comment_above", NEW."comment_above_percent", NEW."due_working_days", NEW."id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."version", NEW."walls"); RETURN NULL;',
                                    hash="aaee864b9932ebafb68d174863a3f4f97652a353",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_03116",
                                    table="finance_financerules",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_financerulesevent" ("across_partners", "board_above", "comment_above", "comment_above_percent", "due_working_days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "version", "walls") VALUES (OLD."across_partners", OLD."board_above", OLD."comment_above", OLD."comment_above_percent", OLD."due_working_days", OLD."id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."version", OLD."walls"); RETURN NULL;',
                                    hash="d010b0267b3ca3d66118c35771850da8064d1005",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_217bc",
                                    table="finance_financerules",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_financerules; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'comment_above', OLD.comment_above, 'comment_above_percent', OLD.comment_above_percent, 'board_above', OLD.board_above, 'across_partners', OLD.across_partners, 'walls', OLD.walls, 'due_working_days', OLD.due_working_days); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'comment_above', NEW.comment_above, 'comment_above_percent', NEW.comment_above_percent, 'board_above', NEW.board_above, 'across_partners', NEW.across_partners, 'walls', NEW.walls, 'due_working_days', NEW.due_working_days); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.financerules', TG_OP, r.id, before, after, ARRAY['finance.financerules:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="07560a65c40608b488a6992666e5af43b9fe73ed",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_df75f",
                                    table="finance_financerules",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FinanceRulesEvent",
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
                                to="finance.financerules",
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
                            "comment_above",
                            models.DecimalField(
                                decimal_places=2,
                                default=250000,
                                help_text="A variance or movement of this much needs a comment.",
                                max_digits=14,
                            ),
                        ),
                        (
                            "comment_above_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=5,
                                help_text="So does one of this much of the annual budget.",
                                max_digits=5,
                            ),
                        ),
                        (
                            "board_above",
                            models.DecimalField(
                                decimal_places=2,
                                default=500000,
                                help_text="A virement of this much needs a board.",
                                max_digits=14,
                            ),
                        ),
                        (
                            "across_partners",
                            models.BooleanField(
                                default=False,
                                help_text="The agreement allows virements between partners.",
                            ),
                        ),
                        (
                            "walls",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                help_text="Questions that stop a partner from handing in until the figures are changed.",
                                size=None,
                            ),
                        ),
                        (
                            "due_working_days",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Figures are due on this working day after the month’s end.",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SavingsPlan",
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
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plan",
                                to="finance.savingsscheme",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scheme", "number"), name="one_savings_plan_a_month"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__range", (1, 12))),
                                name="savings_plan_month_exists",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_savingsplanevent" ("amount", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id") VALUES (NEW."amount", NEW."id", NEW."number", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."scheme_id"); RETURN NULL;',
                                    hash="56ee49e032345841b756a14c1a6998832cff71ce",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_86995",
                                    table="finance_savingsplan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_savingsplanevent" ("amount", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id") VALUES (NEW."amount", NEW."id", NEW."number", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."scheme_id"); RETURN NULL;',
                                    hash="605195d10f25725172e4eec232a8bb8afd64cdfc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c8ce8",
                                    table="finance_savingsplan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_savingsplanevent" ("amount", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme_id") VALUES (OLD."amount", OLD."id", OLD."number", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."scheme_id"); RETURN NULL;',
                                    hash="a90aac27a4e9500a7ce60eff58f3a64cb988aa25",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a6982",
                                    table="finance_savingsplan",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_savingsplan; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('scheme_id', OLD.scheme_id, 'number', OLD.number, 'amount', OLD.amount); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('scheme_id', NEW.scheme_id, 'number', NEW.number, 'amount', NEW.amount); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.savingsplan', TG_OP, r.id, before, after, ARRAY['finance.savingsplan:' || r.id, 'finance.savingsscheme:' || r.scheme_id]::text[], (SELECT o.place_id FROM finance_savingsscheme s JOIN programmes_organisation o ON o.id = s.organisation_id WHERE s.id = r.scheme_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="bd293e202d3062a1c395e9fb55b8469b9d8446c4",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_a4f78",
                                    table="finance_savingsplan",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavingsPlanEvent",
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
                                to="finance.savingsplan",
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
                            "scheme",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.savingsscheme",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Virement",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="virements",
                                to="programmes.place",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "number",
                            models.PositiveIntegerField(
                                help_text="V 1, V 2: by place, never used again."
                            ),
                        ),
                        ("from_month", models.PositiveSmallIntegerField()),
                        ("reason", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("approved", "Approved"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField()),
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
                            "decision",
                            models.TextField(
                                blank=True, help_text="Why it was refused, or what was said."
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="virements",
                                to="programmes.board",
                            ),
                        ),
                        ("board_decided_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "number"), name="virement_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_month__range", (1, 12)),
                                    ("state__in", ["proposed", "approved", "refused", "withdrawn"]),
                                ),
                                name="virement_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                        ("state", "proposed"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "proposed"), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="virement_decided_by_someone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(
                                        ("decided_by", models.F("proposed_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="virement_approved_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="virement_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="decided_never_changes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (NOT (OLD.\"state\" = 'proposed'))",
                                    func="\n                    RAISE EXCEPTION 'A virement that was decided never changes.'\n                        USING ERRCODE = 'restrict_violation';\n                ",
                                    hash="8a9adea20ae6e02f3878239593ec003178d914d7",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_decided_never_changes_06ab0",
                                    table="finance_virement",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_virementevent" ("board_decided_on", "board_id", "decided_at", "decided_by_id", "decision", "from_month", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proposed_at", "proposed_by_id", "reason", "state", "version", "year") VALUES (NEW."board_decided_on", NEW."board_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."from_month", NEW."id", NEW."number", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."state", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="99cf3cfe13478f1222d72aadc28fbb3d91998413",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_06698",
                                    table="finance_virement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_virementevent" ("board_decided_on", "board_id", "decided_at", "decided_by_id", "decision", "from_month", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proposed_at", "proposed_by_id", "reason", "state", "version", "year") VALUES (NEW."board_decided_on", NEW."board_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."from_month", NEW."id", NEW."number", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."state", NEW."version", NEW."year"); RETURN NULL;',
                                    hash="43e18281f770fef722d2d9e339621212cb3606fc",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b7432",
                                    table="finance_virement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_virementevent" ("board_decided_on", "board_id", "decided_at", "decided_by_id", "decision", "from_month", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "proposed_at", "proposed_by_id", "reason", "state", "version", "year") VALUES (OLD."board_decided_on", OLD."board_id", OLD."decided_at", OLD."decided_by_id", OLD."decision", OLD."from_month", OLD."id", OLD."number", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."proposed_at", OLD."proposed_by_id", OLD."reason", OLD."state", OLD."version", OLD."year"); RETURN NULL;',
                                    hash="6292f5aa64771ee60e3fa8358ef1d3fc61d8f1c1",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_e4de4",
                                    table="finance_virement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_virement; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'year', OLD.year, 'number', OLD.number, 'from_month', OLD.from_month, 'reason', OLD.reason, 'state', OLD.state, 'proposed_by_id', OLD.proposed_by_id, 'proposed_at', OLD.proposed_at, 'decided_by_id', OLD.decided_by_id, 'decided_at', OLD.decided_at, 'decision', OLD.decision, 'board_id', OLD.board_id, 'board_decided_on', OLD.board_decided_on); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'year', NEW.year, 'number', NEW.number, 'from_month', NEW.from_month, 'reason', NEW.reason, 'state', NEW.state, 'proposed_by_id', NEW.proposed_by_id, 'proposed_at', NEW.proposed_at, 'decided_by_id', NEW.decided_by_id, 'decided_at', NEW.decided_at, 'decision', NEW.decision, 'board_id', NEW.board_id, 'board_decided_on', NEW.board_decided_on); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.virement', TG_OP, r.id, before, after, ARRAY['finance.virement:' || r.id]::text[], r.place_id, NULL::bigint, r.reason);\nRETURN NULL;\n",
                                    hash="80a80166a22ed8f6035761e19adc0be27ecaa038",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_d52e1",
                                    table="finance_virement",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="a_large_one_names_its_board",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (NEW.\"state\" = 'approved')",
                                    func="\n                    IF (NEW.board_id IS NULL OR NEW.board_decided_on IS NULL)\n                        AND (SELECT coalesce(sum(amount), 0) FROM finance_virementline\n                             WHERE virement_id = NEW.id AND amount > 0)\n                        >= coalesce((SELECT board_above FROM finance_financerules\n                                     WHERE place_id = NEW.place_id), 500000)\n                    THEN\n                        RAISE EXCEPTION 'A virement of this much needs a board.'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="f9992190a04f10c6e7f430e64c1a07df9e9fbc4b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_a_large_one_names_its_board_02ca4",
                                    table="finance_virement",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VirementEvent",
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
                                to="finance.virement",
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
                        ("year", models.PositiveSmallIntegerField()),
                        (
                            "number",
                            models.PositiveIntegerField(
                                help_text="V 1, V 2: by place, never used again."
                            ),
                        ),
                        ("from_month", models.PositiveSmallIntegerField()),
                        ("reason", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("approved", "Approved"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_at", models.DateTimeField()),
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
                            "decision",
                            models.TextField(
                                blank=True, help_text="Why it was refused, or what was said."
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
                        ("board_decided_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="VirementLine",
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
                            "virement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="finance.virement",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="virements",
                                to="finance.budgetline",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("virement", "line"), name="one_line_a_virement"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount", 0), _negated=True),
                                name="virement_line_moves_something",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_virementlineevent" ("amount", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "virement_id") VALUES (NEW."amount", NEW."id", NEW."line_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."virement_id"); RETURN NULL;',
                                    hash="8a3c7ebecffb853cfe24b1895c0cdb1fd0d07d79",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_61b04",
                                    table="finance_virementline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "finance_virementlineevent" ("amount", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "virement_id") VALUES (NEW."amount", NEW."id", NEW."line_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."virement_id"); RETURN NULL;',
                                    hash="8ff5a0b66fa8ced3b696a416aed4a6d887508866",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d6a98",
                                    table="finance_virementline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "finance_virementlineevent" ("amount", "id", "line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "virement_id") VALUES (OLD."amount", OLD."id", OLD."line_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."virement_id"); RETURN NULL;',
                                    hash="ea72c981cd117d10cf3b6b96c6ec157de824eb49",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_5abb8",
                                    table="finance_virementline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r finance_virementline; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('virement_id', OLD.virement_id, 'line_id', OLD.line_id, 'amount', OLD.amount); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('virement_id', NEW.virement_id, 'line_id', NEW.line_id, 'amount', NEW.amount); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('finance.virementline', TG_OP, r.id, before, after, ARRAY['finance.virementline:' || r.id, 'finance.virement:' || r.virement_id, 'finance.budgetline:' || r.line_id]::text[], (SELECT o.place_id FROM finance_budgetline l JOIN programmes_organisation o ON o.id = l.organisation_id WHERE l.id = r.line_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="76593b07ecf146f836281e6f0b634a5568f1d3b7",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_e26d6",
                                    table="finance_virementline",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="adds_up_to_nought",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n                    IF EXISTS (SELECT 1 FROM finance_virementline\n                               WHERE virement_id IN (NEW.virement_id, OLD.virement_id)\n                               GROUP BY virement_id HAVING sum(amount) <> 0)\n                    THEN\n                        RAISE EXCEPTION 'What a virement gives and takes adds up to nought.'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NULL;\n                ",
                                    hash="340d43fbc47084f9acc664ea295eae666e1f1516",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_adds_up_to_nought_c363b",
                                    table="finance_virementline",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="lines_of_decided_never_change",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF EXISTS (SELECT 1 FROM finance_virement\n                               WHERE id IN (NEW.virement_id, OLD.virement_id)\n                               AND state <> 'proposed')\n                    THEN\n                        RAISE EXCEPTION 'A virement that was decided never changes.'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN coalesce(NEW, OLD);\n                ",
                                    hash="24900ebc526bbdf0b0f7b2bad942d8fd9c56f6e0",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_lines_of_decided_never_change_fc684",
                                    table="finance_virementline",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VirementLineEvent",
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
                                to="finance.virementline",
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
                            "virement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.virement",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="finance.budgetline",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ],
        ),
    ]
