import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import icp.common.clock
import risks.models.settings
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
                    name="RiskRules",
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
                                related_name="risk_rules",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "escalates_from",
                            models.PositiveSmallIntegerField(
                                default=15,
                                help_text="A residual score of this much goes to the boards.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "red_from",
                            models.PositiveSmallIntegerField(
                                default=15,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "amber_from",
                            models.PositiveSmallIntegerField(
                                default=8,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "review_red_months",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="A red risk is reviewed after this many months.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                            ),
                        ),
                        (
                            "review_amber_months",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                            ),
                        ),
                        (
                            "review_green_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                            ),
                        ),
                        (
                            "likelihoods",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                default=risks.models.settings.likelihood_words,
                                size=None,
                            ),
                        ),
                        (
                            "impacts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                default=risks.models.settings.impact_words,
                                size=None,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amber_from__gte", 1),
                                    ("escalates_from__gte", 1),
                                    ("red_from__gte", models.F("amber_from")),
                                ),
                                name="risk_lines_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("impacts__len__range", (2, 10)),
                                    ("likelihoods__len__range", (2, 10)),
                                ),
                                name="risk_scales_have_steps",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskrulesevent" ("amber_from", "escalates_from", "id", "impacts", "likelihoods", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "red_from", "review_amber_months", "review_green_months", "review_red_months", "version") VALUES (NEW."amber_from", NEW."escalates_from", NEW."id", NEW."impacts", NEW."likelihoods", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."red_from", NEW."review_amber_months", NEW."review_green_months", NEW."review_red_months", NEW."version"); RETURN NULL;',
                                    hash="4ce344c85ea905f0b599014a1eeb95be100e689f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_9bc7a",
                                    table="risks_riskrules",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "risks_riskrulesevent" ("amber_from", "escalates_from", "id", "impacts", "likelihoods", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "red_from", "review_amber_months", "review_green_months", "review_red_months", "version") VALUES (NEW."amber_from", NEW."escalates_from", NEW."id", NEW."impacts", NEW."likelihoods", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."red_from", NEW."review_amber_months", NEW."review_green_months", NEW."review_red_months", NEW."version"); RETURN NULL;',
                                    hash="f918063d4896d821e1a745abb537944cf8a9cb10",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_2eb02",
                                    table="risks_riskrules",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskrulesevent" ("amber_from", "escalates_from", "id", "impacts", "likelihoods", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "red_from", "review_amber_months", "review_green_months", "review_red_months", "version") VALUES (OLD."amber_from", OLD."escalates_from", OLD."id", OLD."impacts", OLD."likelihoods", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."red_from", OLD."review_amber_months", OLD."review_green_months", OLD."review_red_months", OLD."version"); RETURN NULL;',
                                    hash="544d2b2798110fe1e94667623de15ca921085ff7",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_66c2e",
                                    table="risks_riskrules",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_riskrules; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'escalates_from', OLD.escalates_from, 'red_from', OLD.red_from, 'amber_from', OLD.amber_from, 'review_red_months', OLD.review_red_months, 'review_amber_months', OLD.review_amber_months, 'review_green_months', OLD.review_green_months, 'likelihoods', OLD.likelihoods, 'impacts', OLD.impacts); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'escalates_from', NEW.escalates_from, 'red_from', NEW.red_from, 'amber_from', NEW.amber_from, 'review_red_months', NEW.review_red_months, 'review_amber_months', NEW.review_amber_months, 'review_green_months', NEW.review_green_months, 'likelihoods', NEW.likelihoods, 'impacts', NEW.impacts); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.riskrules', TG_OP, r.id, before, after, ARRAY['risks.riskrules:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="8b037076244ee20585e4ee98e2e47d0b9a308681",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_273a9",
                                    table="risks_riskrules",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskRulesEvent",
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
                                to="risks.riskrules",
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
                            "escalates_from",
                            models.PositiveSmallIntegerField(
                                default=15,
                                help_text="A residual score of this much goes to the boards.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "red_from",
                            models.PositiveSmallIntegerField(
                                default=15,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "amber_from",
                            models.PositiveSmallIntegerField(
                                default=8,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "review_red_months",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="A red risk is reviewed after this many months.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                            ),
                        ),
                        (
                            "review_amber_months",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                            ),
                        ),
                        (
                            "review_green_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                            ),
                        ),
                        (
                            "likelihoods",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                default=risks.models.settings.likelihood_words,
                                size=None,
                            ),
                        ),
                        (
                            "impacts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                default=risks.models.settings.impact_words,
                                size=None,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RiskCategory",
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
                                related_name="risk_categories",
                                to="programmes.place",
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        (
                            "appetite",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ]
                            ),
                        ),
                        (
                            "tolerance",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ]
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "name"), name="risk_category_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("appetite__gte", 1), ("tolerance__gte", models.F("appetite"))
                                ),
                                name="tolerance_not_below_appetite",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_riskcategory; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'name', OLD.name, 'appetite', OLD.appetite, 'tolerance', OLD.tolerance, 'order', OLD.order); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'name', NEW.name, 'appetite', NEW.appetite, 'tolerance', NEW.tolerance, 'order', NEW.order); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.riskcategory', TG_OP, r.id, before, after, ARRAY['risks.riskcategory:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="74c1c2458bd6d1a3ee82585a414adaaf313d4b2b",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_4f295",
                                    table="risks_riskcategory",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskcategoryevent" ("appetite", "id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "tolerance", "version") VALUES (NEW."appetite", NEW."id", NEW."name", NEW."order", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."tolerance", NEW."version"); RETURN NULL;',
                                    hash="a126b3fc5a5813f77ac78f73663cfe15b941cbbb",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_36c30",
                                    table="risks_riskcategory",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "risks_riskcategoryevent" ("appetite", "id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "tolerance", "version") VALUES (NEW."appetite", NEW."id", NEW."name", NEW."order", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."tolerance", NEW."version"); RETURN NULL;',
                                    hash="d8dda350e920cff9891d6fe584214ad9563c761b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_3d134",
                                    table="risks_riskcategory",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskcategoryevent" ("appetite", "id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "tolerance", "version") VALUES (OLD."appetite", OLD."id", OLD."name", OLD."order", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."tolerance", OLD."version"); RETURN NULL;',
                                    hash="8bcd05bbaa15244bab29d73403663d0f15ecc68a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b9c34",
                                    table="risks_riskcategory",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskCategoryEvent",
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
                                to="risks.riskcategory",
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
                        ("name", models.CharField(max_length=80)),
                        (
                            "appetite",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ]
                            ),
                        ),
                        (
                            "tolerance",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ]
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Register",
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
                                related_name="risk_registers",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "programme",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="risk_register",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                max_length=12,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z][A-Z0-9&]*$", "Use capital letters and digits."
                                    )
                                ],
                            ),
                        ),
                        (
                            "last_number",
                            models.PositiveIntegerField(
                                default=0,
                                help_text="The highest number it ever gave: none is given twice.",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "code"), name="register_code_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("programme", None)),
                                fields=("place",),
                                name="one_register_of_the_whole",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="numbers_only_rise",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NEW.last_number < OLD.last_number OR NEW.place_id <> OLD.place_id THEN\n                        RAISE EXCEPTION 'A register stays in its place, and gives no number twice.'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="43fd021af2f47b796b315391eb6284051621c375",
                                    operation="UPDATE",
                                    pgid="pgtrigger_numbers_only_rise_6016a",
                                    table="risks_register",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_registerevent" ("code", "id", "last_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "programme_id") VALUES (NEW."code", NEW."id", NEW."last_number", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."programme_id"); RETURN NULL;',
                                    hash="873a5ae08bbe50996004372b660f37736bb229d8",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_dd049",
                                    table="risks_register",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "risks_registerevent" ("code", "id", "last_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "programme_id") VALUES (NEW."code", NEW."id", NEW."last_number", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."programme_id"); RETURN NULL;',
                                    hash="eb53496626ee8ab81e9ec34dd8d33d17c3c7011f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_4bd67",
                                    table="risks_register",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_registerevent" ("code", "id", "last_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "programme_id") VALUES (OLD."code", OLD."id", OLD."last_number", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."programme_id"); RETURN NULL;',
                                    hash="18f6bc49d48a025ce1e0247dff70a8c78572bf36",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a7021",
                                    table="risks_register",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_register; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'programme_id', OLD.programme_id, 'code', OLD.code); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'programme_id', NEW.programme_id, 'code', NEW.code); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.register', TG_OP, r.id, before, after, ARRAY['risks.register:' || r.id]::text[], r.place_id, r.programme_id, '');\nRETURN NULL;\n",
                                    hash="d2717db7e0667a132afa7e01b7e52c8f12c06ec6",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_301c0",
                                    table="risks_register",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterEvent",
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
                                to="risks.register",
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
                            "code",
                            models.CharField(
                                max_length=12,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z][A-Z0-9&]*$", "Use capital letters and digits."
                                    )
                                ],
                            ),
                        ),
                        (
                            "last_number",
                            models.PositiveIntegerField(
                                default=0,
                                help_text="The highest number it ever gave: none is given twice.",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Risk",
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
                                related_name="risks",
                                to="programmes.place",
                            ),
                        ),
                        (
                            "register",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="risks",
                                to="risks.register",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("ref", models.CharField(max_length=24, verbose_name="reference")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("risk", "Risk"), ("issue", "Issue")],
                                default="risk",
                                max_length=5,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("closed", "Closed"),
                                    ("merged", "Merged"),
                                ],
                                default="open",
                                max_length=6,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("cause", models.TextField(blank=True)),
                        ("event", models.TextField(blank=True)),
                        ("consequence", models.TextField(blank=True)),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="risks",
                                to="risks.riskcategory",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="risks",
                                to="programmes.organisation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="risks_owned",
                                to="programmes.post",
                            ),
                        ),
                        (
                            "delegate",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="risks_delegated",
                                to="programmes.post",
                            ),
                        ),
                        (
                            "inherent_likelihood",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "inherent_impact",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "inherent",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Before anything was done about it.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "likelihood",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "impact",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "current",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Likelihood times impact, by the database.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "target_likelihood",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "target_impact",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "target",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Where its owner wants it.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "printed_current",
                            models.CharField(
                                blank=True,
                                help_text="The current score as a source prints it.",
                                max_length=10,
                            ),
                        ),
                        (
                            "proximity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("now", "Happening, or within a month"),
                                    ("quarter", "Within three months"),
                                    ("year", "Within the year"),
                                    ("later", "Later"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Pounds, if it happens.",
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
                            "raised_on",
                            models.DateField(
                                blank=True,
                                help_text="Empty: before the register came into the portal.",
                                null=True,
                            ),
                        ),
                        ("reviewed_on", models.DateField(blank=True, null=True)),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "review_on",
                            models.DateField(
                                blank=True, help_text="When it is reviewed next.", null=True
                            ),
                        ),
                        (
                            "came_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="became",
                                to="risks.risk",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged_from",
                                to="risks.risk",
                            ),
                        ),
                        (
                            "removal_because",
                            models.TextField(
                                blank=True,
                                help_text="Why its programme recommends to take it out of the register.",
                            ),
                        ),
                        ("ended_because", models.TextField(blank=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=icp.common.clock.DatabaseNow(), editable=False
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(
                                db_default=icp.common.clock.DatabaseNow(), editable=False
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["register", "number"], name="risk_by_register"),
                            models.Index(fields=["owner"], name="risk_by_owner"),
                            models.Index(
                                models.F("place"),
                                models.F("state"),
                                models.OrderBy(
                                    models.F("current"), descending=True, nulls_last=True
                                ),
                                models.F("ref"),
                                models.F("id"),
                                name="risk_by_score",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["place", "id"],
                                name="risk_open",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["place", "review_on"],
                                name="risk_to_review",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "ref"), name="risk_reference_once"
                            ),
                            models.UniqueConstraint(
                                fields=("register", "number"), name="risk_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["risk", "issue"])),
                                name="risk_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "closed", "merged"])),
                                name="risk_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("proximity__in", ["", "now", "quarter", "year", "later"])
                                ),
                                name="risk_proximity_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("likelihood__isnull", True),
                                    ("likelihood__range", (1, 10)),
                                    _connector="OR",
                                ),
                                name="risk_likelihood_is_a_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("impact__isnull", True),
                                    ("impact__range", (1, 10)),
                                    _connector="OR",
                                ),
                                name="risk_impact_is_a_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("inherent_likelihood__isnull", True),
                                    ("inherent_likelihood__range", (1, 10)),
                                    _connector="OR",
                                ),
                                name="risk_inherent_likelihood_is_a_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("inherent_impact__isnull", True),
                                    ("inherent_impact__range", (1, 10)),
                                    _connector="OR",
                                ),
                                name="risk_inherent_impact_is_a_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("target_likelihood__isnull", True),
                                    ("target_likelihood__range", (1, 10)),
                                    _connector="OR",
                                ),
                                name="risk_target_likelihood_is_a_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("target_impact__isnull", True),
                                    ("target_impact__range", (1, 10)),
                                    _connector="OR",
                                ),
                                name="risk_target_impact_is_a_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("impact__isnull", True), ("likelihood__isnull", True)
                                    ),
                                    models.Q(
                                        ("impact__isnull", False), ("likelihood__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="risk_scored_by_both",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("inherent__isnull", True),
                                        ("inherent__range", (1, 100)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("target__isnull", True),
                                        ("target__range", (1, 100)),
                                        _connector="OR",
                                    ),
                                ),
                                name="risk_scores_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("probability__isnull", True),
                                    ("probability__range", (0, 100)),
                                    _connector="OR",
                                ),
                                name="risk_probability_in_percent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_on__isnull", True),
                                        ("merged_into__isnull", True),
                                        ("state", "open"),
                                    ),
                                    models.Q(
                                        ("ended_on__isnull", False),
                                        ("merged_into__isnull", True),
                                        ("state", "closed"),
                                    ),
                                    models.Q(
                                        ("ended_on__isnull", False),
                                        ("merged_into__isnull", False),
                                        ("state", "merged"),
                                    ),
                                    _connector="OR",
                                ),
                                name="risk_ended_on_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"),
                                    models.Q(("ended_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="risk_ended_for_a_reason",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="current_is_derived",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="NEW.current := NEW.likelihood * NEW.impact; RETURN NEW;",
                                    hash="de381fcd712187f2a61915644721154c10313994",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_current_is_derived_83a7d",
                                    table="risks_risk",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="saved_now",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."came_from_id" IS DISTINCT FROM (NEW."came_from_id") OR OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."cause" IS DISTINCT FROM (NEW."cause") OR OLD."consequence" IS DISTINCT FROM (NEW."consequence") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."delegate_id" IS DISTINCT FROM (NEW."delegate_id") OR OLD."ended_because" IS DISTINCT FROM (NEW."ended_because") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."event" IS DISTINCT FROM (NEW."event") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."impact" IS DISTINCT FROM (NEW."impact") OR OLD."inherent" IS DISTINCT FROM (NEW."inherent") OR OLD."inherent_impact" IS DISTINCT FROM (NEW."inherent_impact") OR OLD."inherent_likelihood" IS DISTINCT FROM (NEW."inherent_likelihood") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."likelihood" IS DISTINCT FROM (NEW."likelihood") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."place_id" IS DISTINCT FROM (NEW."place_id") OR OLD."printed_current" IS DISTINCT FROM (NEW."printed_current") OR OLD."probability" IS DISTINCT FROM (NEW."probability") OR OLD."proximity" IS DISTINCT FROM (NEW."proximity") OR OLD."raised_on" IS DISTINCT FROM (NEW."raised_on") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."register_id" IS DISTINCT FROM (NEW."register_id") OR OLD."removal_because" IS DISTINCT FROM (NEW."removal_because") OR OLD."review_on" IS DISTINCT FROM (NEW."review_on") OR OLD."reviewed_by_id" IS DISTINCT FROM (NEW."reviewed_by_id") OR OLD."reviewed_on" IS DISTINCT FROM (NEW."reviewed_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."target" IS DISTINCT FROM (NEW."target") OR OLD."target_impact" IS DISTINCT FROM (NEW."target_impact") OR OLD."target_likelihood" IS DISTINCT FROM (NEW."target_likelihood") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."value" IS DISTINCT FROM (NEW."value"))',
                                    func="NEW.changed_at := icp_now(); NEW.version := OLD.version + 1; RETURN NEW;",
                                    hash="220a6285ddc940ebc3972624820e07d499b9d540",
                                    operation="UPDATE",
                                    pgid="pgtrigger_saved_now_408bb",
                                    table="risks_risk",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="place_stays",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."place_id" IS DISTINCT FROM (NEW."place_id"))',
                                    func="\n                    RAISE EXCEPTION 'A risk stays in its place: who may see it hangs on that.'\n                        USING ERRCODE = 'restrict_violation';\n                ",
                                    hash="7dcd8fb199d67aa3c90aaa5aa3bcf37f84897be5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_place_stays_cb9a6",
                                    table="risks_risk",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="1afb3e44ead98154a6a0503d828c9704ab3ee521",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_fa953",
                                    table="risks_risk",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskevent" ("came_from_id", "category_id", "cause", "changed_at", "consequence", "created_at", "current", "delegate_id", "ended_because", "ended_on", "event", "id", "impact", "inherent", "inherent_impact", "inherent_likelihood", "kind", "likelihood", "merged_into_id", "number", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "printed_current", "probability", "proximity", "raised_on", "ref", "register_id", "removal_because", "review_on", "reviewed_by_id", "reviewed_on", "state", "target", "target_impact", "target_likelihood", "title", "value", "version") VALUES (NEW."came_from_id", NEW."category_id", NEW."cause", NEW."changed_at", NEW."consequence", NEW."created_at", NEW."current", NEW."delegate_id", NEW."ended_because", NEW."ended_on", NEW."event", NEW."id", NEW."impact", NEW."inherent", NEW."inherent_impact", NEW."inherent_likelihood", NEW."kind", NEW."likelihood", NEW."merged_into_id", NEW."number", NEW."organisation_id", NEW."owner_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."printed_current", NEW."probability", NEW."proximity", NEW."raised_on", NEW."ref", NEW."register_id", NEW."removal_because", NEW."review_on", NEW."reviewed_by_id", NEW."reviewed_on", NEW."state", NEW."target", NEW."target_impact", NEW."target_likelihood", NEW."title", NEW."value", NEW."version"); RETURN NULL;',
                                    hash="9fcd93b905e7f607673968130368fe1664c1a357",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_6e45a",
                                    table="risks_risk",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "risks_riskevent" ("came_from_id", "category_id", "cause", "changed_at", "consequence", "created_at", "current", "delegate_id", "ended_because", "ended_on", "event", "id", "impact", "inherent", "inherent_impact", "inherent_likelihood", "kind", "likelihood", "merged_into_id", "number", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "printed_current", "probability", "proximity", "raised_on", "ref", "register_id", "removal_because", "review_on", "reviewed_by_id", "reviewed_on", "state", "target", "target_impact", "target_likelihood", "title", "value", "version") VALUES (NEW."came_from_id", NEW."category_id", NEW."cause", NEW."changed_at", NEW."consequence", NEW."created_at", NEW."current", NEW."delegate_id", NEW."ended_because", NEW."ended_on", NEW."event", NEW."id", NEW."impact", NEW."inherent", NEW."inherent_impact", NEW."inherent_likelihood", NEW."kind", NEW."likelihood", NEW."merged_into_id", NEW."number", NEW."organisation_id", NEW."owner_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."printed_current", NEW."probability", NEW."proximity", NEW."raised_on", NEW."ref", NEW."register_id", NEW."removal_because", NEW."review_on", NEW."reviewed_by_id", NEW."reviewed_on", NEW."state", NEW."target", NEW."target_impact", NEW."target_likelihood", NEW."title", NEW."value", NEW."version"); RETURN NULL;',
                                    hash="c8565ba8b091c4e518b365ee2a2e76f5b14c0c54",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_72842",
                                    table="risks_risk",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskevent" ("came_from_id", "category_id", "cause", "changed_at", "consequence", "created_at", "current", "delegate_id", "ended_because", "ended_on", "event", "id", "impact", "inherent", "inherent_impact", "inherent_likelihood", "kind", "likelihood", "merged_into_id", "number", "organisation_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "printed_current", "probability", "proximity", "raised_on", "ref", "register_id", "removal_because", "review_on", "reviewed_by_id", "reviewed_on", "state", "target", "target_impact", "target_likelihood", "title", "value", "version") VALUES (OLD."came_from_id", OLD."category_id", OLD."cause", OLD."changed_at", OLD."consequence", OLD."created_at", OLD."current", OLD."delegate_id", OLD."ended_because", OLD."ended_on", OLD."event", OLD."id", OLD."impact", OLD."inherent", OLD."inherent_impact", OLD."inherent_likelihood", OLD."kind", OLD."likelihood", OLD."merged_into_id", OLD."number", OLD."organisation_id", OLD."owner_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."printed_current", OLD."probability", OLD."proximity", OLD."raised_on", OLD."ref", OLD."register_id", OLD."removal_because", OLD."review_on", OLD."reviewed_by_id", OLD."reviewed_on", OLD."state", OLD."target", OLD."target_impact", OLD."target_likelihood", OLD."title", OLD."value", OLD."version"); RETURN NULL;',
                                    hash="db6a50453de11f85fcbcf42f178889e7f2f0a799",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1766a",
                                    table="risks_risk",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_risk; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'register_id', OLD.register_id, 'number', OLD.number, 'ref', OLD.ref, 'kind', OLD.kind, 'state', OLD.state, 'title', OLD.title, 'cause', OLD.cause, 'event', OLD.event, 'consequence', OLD.consequence, 'category_id', OLD.category_id, 'organisation_id', OLD.organisation_id, 'owner_id', OLD.owner_id, 'delegate_id', OLD.delegate_id, 'inherent_likelihood', OLD.inherent_likelihood, 'inherent_impact', OLD.inherent_impact, 'inherent', OLD.inherent, 'likelihood', OLD.likelihood, 'impact', OLD.impact, 'target_likelihood', OLD.target_likelihood, 'target_impact', OLD.target_impact, 'target', OLD.target, 'printed_current', OLD.printed_current, 'proximity', OLD.proximity, 'value', OLD.value, 'probability', OLD.probability, 'raised_on', OLD.raised_on, 'reviewed_on', OLD.reviewed_on, 'reviewed_by_id', OLD.reviewed_by_id, 'review_on', OLD.review_on, 'came_from_id', OLD.came_from_id, 'merged_into_id', OLD.merged_into_id, 'removal_because', OLD.removal_because, 'ended_because', OLD.ended_because, 'ended_on', OLD.ended_on, 'created_at', OLD.created_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'register_id', NEW.register_id, 'number', NEW.number, 'ref', NEW.ref, 'kind', NEW.kind, 'state', NEW.state, 'title', NEW.title, 'cause', NEW.cause, 'event', NEW.event, 'consequence', NEW.consequence, 'category_id', NEW.category_id, 'organisation_id', NEW.organisation_id, 'owner_id', NEW.owner_id, 'delegate_id', NEW.delegate_id, 'inherent_likelihood', NEW.inherent_likelihood, 'inherent_impact', NEW.inherent_impact, 'inherent', NEW.inherent, 'likelihood', NEW.likelihood, 'impact', NEW.impact, 'target_likelihood', NEW.target_likelihood, 'target_impact', NEW.target_impact, 'target', NEW.target, 'printed_current', NEW.printed_current, 'proximity', NEW.proximity, 'value', NEW.value, 'probability', NEW.probability, 'raised_on', NEW.raised_on, 'reviewed_on', NEW.reviewed_on, 'reviewed_by_id', NEW.reviewed_by_id, 'review_on', NEW.review_on, 'came_from_id', NEW.came_from_id, 'merged_into_id', NEW.merged_into_id, 'removal_because', NEW.removal_because, 'ended_because', NEW.ended_because, 'ended_on', NEW.ended_on, 'created_at', NEW.created_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.risk', TG_OP, r.id, before, after, ARRAY['risks.risk:' || r.id]::text[], r.place_id, (SELECT programme_id FROM risks_register WHERE id = r.register_id), '');\nRETURN NULL;\n",
                                    hash="759df65d1daa91e7b98c7989a05e5a614f0e1cc4",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_01561",
                                    table="risks_risk",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskEvent",
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
                                to="risks.risk",
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
                            "register",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.register",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("ref", models.CharField(max_length=24, verbose_name="reference")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("risk", "Risk"), ("issue", "Issue")],
                                default="risk",
                                max_length=5,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("closed", "Closed"),
                                    ("merged", "Merged"),
                                ],
                                default="open",
                                max_length=6,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("cause", models.TextField(blank=True)),
                        ("event", models.TextField(blank=True)),
                        ("consequence", models.TextField(blank=True)),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.riskcategory",
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
                            "delegate",
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
                            "inherent_likelihood",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "inherent_impact",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "inherent",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Before anything was done about it.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "likelihood",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "impact",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "current",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Likelihood times impact, by the database.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "target_likelihood",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "target_impact",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                            ),
                        ),
                        (
                            "target",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Where its owner wants it.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                            ),
                        ),
                        (
                            "printed_current",
                            models.CharField(
                                blank=True,
                                help_text="The current score as a source prints it.",
                                max_length=10,
                            ),
                        ),
                        (
                            "proximity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("now", "Happening, or within a month"),
                                    ("quarter", "Within three months"),
                                    ("year", "Within the year"),
                                    ("later", "Later"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Pounds, if it happens.",
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
                            "raised_on",
                            models.DateField(
                                blank=True,
                                help_text="Empty: before the register came into the portal.",
                                null=True,
                            ),
                        ),
                        ("reviewed_on", models.DateField(blank=True, null=True)),
                        (
                            "reviewed_by",
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
                            "review_on",
                            models.DateField(
                                blank=True, help_text="When it is reviewed next.", null=True
                            ),
                        ),
                        (
                            "came_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.risk",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.risk",
                            ),
                        ),
                        (
                            "removal_because",
                            models.TextField(
                                blank=True,
                                help_text="Why its programme recommends to take it out of the register.",
                            ),
                        ),
                        ("ended_because", models.TextField(blank=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=icp.common.clock.DatabaseNow(), editable=False
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(
                                db_default=icp.common.clock.DatabaseNow(), editable=False
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FormerReference",
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
                                related_name="+",
                                to="programmes.place",
                            ),
                        ),
                        ("ref", models.CharField(max_length=24)),
                        (
                            "risk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former",
                                to="risks.risk",
                            ),
                        ),
                        ("until", models.DateField()),
                        ("because", models.TextField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "ref"), name="former_reference_once"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="kept",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="84644ad4ea5098b7cb6b1ff146ce8fc0fdabb204",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_kept_dd3ed",
                                    table="risks_formerreference",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Escalation",
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
                                related_name="escalations",
                                to="risks.risk",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("score", "By its score"),
                                    ("board", "Asked for by a board"),
                                    ("need to know", "Need to know"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "board",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="risks_asked_for",
                                to="programmes.board",
                            ),
                        ),
                        ("because", models.TextField(blank=True)),
                        ("began_on", models.DateField()),
                        (
                            "begun_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed_on", models.DateField(blank=True, null=True)),
                        ("kept_because", models.TextField(blank=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                        ("ended_because", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at", None)),
                                fields=["risk"],
                                name="escalation_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("risk", "ground", "board"),
                                name="one_open_ground",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ground__in", ["score", "board", "need to know"])
                                ),
                                name="ground_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("board__isnull", False), ("ground", "board")),
                                    models.Q(
                                        models.Q(("ground", "board"), _negated=True),
                                        ("board__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="asked_for_by_a_board",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True),
                                        ("ended_by__isnull", True),
                                        ("ended_on__isnull", True),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                        ("ended_on__isnull", False),
                                        models.Q(("ended_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="escalation_ended_by_someone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ground", "need to know"), _negated=True),
                                    models.Q(("because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="need_to_know_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_escalationevent" ("because", "began_on", "begun_by_id", "board_id", "ended_at", "ended_because", "ended_by_id", "ended_on", "ground", "id", "kept_because", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_on", "risk_id") VALUES (NEW."because", NEW."began_on", NEW."begun_by_id", NEW."board_id", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."ended_on", NEW."ground", NEW."id", NEW."kept_because", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."proposed_on", NEW."risk_id"); RETURN NULL;',
                                    hash="45ea8650781bbf5c8415d70b8660d8918bd0e80f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_5ae57",
                                    table="risks_escalation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "risks_escalationevent" ("because", "began_on", "begun_by_id", "board_id", "ended_at", "ended_because", "ended_by_id", "ended_on", "ground", "id", "kept_because", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_on", "risk_id") VALUES (NEW."because", NEW."began_on", NEW."begun_by_id", NEW."board_id", NEW."ended_at", NEW."ended_because", NEW."ended_by_id", NEW."ended_on", NEW."ground", NEW."id", NEW."kept_because", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."proposed_on", NEW."risk_id"); RETURN NULL;',
                                    hash="7a463104dc44b8cd20c49db66f10462daf083d99",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9f3ab",
                                    table="risks_escalation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_escalationevent" ("because", "began_on", "begun_by_id", "board_id", "ended_at", "ended_because", "ended_by_id", "ended_on", "ground", "id", "kept_because", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_on", "risk_id") VALUES (OLD."because", OLD."began_on", OLD."begun_by_id", OLD."board_id", OLD."ended_at", OLD."ended_because", OLD."ended_by_id", OLD."ended_on", OLD."ground", OLD."id", OLD."kept_because", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."proposed_on", OLD."risk_id"); RETURN NULL;',
                                    hash="de9f2c02c35cdee082d444d73d570af282ca4caa",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1abf5",
                                    table="risks_escalation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_escalation; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('risk_id', OLD.risk_id, 'ground', OLD.ground, 'board_id', OLD.board_id, 'because', OLD.because, 'began_on', OLD.began_on, 'begun_by_id', OLD.begun_by_id, 'proposed_on', OLD.proposed_on, 'kept_because', OLD.kept_because, 'ended_on', OLD.ended_on, 'ended_at', OLD.ended_at, 'ended_by_id', OLD.ended_by_id, 'ended_because', OLD.ended_because); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('risk_id', NEW.risk_id, 'ground', NEW.ground, 'board_id', NEW.board_id, 'because', NEW.because, 'began_on', NEW.began_on, 'begun_by_id', NEW.begun_by_id, 'proposed_on', NEW.proposed_on, 'kept_because', NEW.kept_because, 'ended_on', NEW.ended_on, 'ended_at', NEW.ended_at, 'ended_by_id', NEW.ended_by_id, 'ended_because', NEW.ended_because); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.escalation', TG_OP, r.id, before, after, ARRAY['risks.escalation:' || r.id, 'risks.risk:' || r.risk_id]::text[], (SELECT place_id FROM risks_risk WHERE id = r.risk_id), (SELECT g.programme_id FROM risks_risk k JOIN risks_register g ON g.id = k.register_id WHERE k.id = r.risk_id), coalesce(nullif(r.ended_because, ''), r.because));\nRETURN NULL;\n",
                                    hash="9cdeae1ec0903d434a9c97d09c26953e97f55907",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_f5c6f",
                                    table="risks_escalation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EscalationEvent",
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
                                to="risks.escalation",
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
                                to="risks.risk",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("score", "By its score"),
                                    ("board", "Asked for by a board"),
                                    ("need to know", "Need to know"),
                                ],
                                max_length=12,
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
                        ("because", models.TextField(blank=True)),
                        ("began_on", models.DateField()),
                        (
                            "begun_by",
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
                        ("proposed_on", models.DateField(blank=True, null=True)),
                        ("kept_because", models.TextField(blank=True)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                        ("ended_because", models.TextField(blank=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RiskReport",
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
                                related_name="risk_reports",
                                to="programmes.period",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("escalated", "Register of escalated risks"),
                                    ("full", "Full risk register"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Being built"),
                                    ("draft", "Draft"),
                                    ("approved", "Approved"),
                                    ("published", "Published"),
                                ],
                                default="waiting",
                                max_length=9,
                            ),
                        ),
                        ("schema", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("content", models.JSONField(blank=True, null=True)),
                        ("narrative", models.TextField(blank=True)),
                        ("checksum", models.CharField(blank=True, max_length=64)),
                        ("pdf", models.BinaryField(blank=True, null=True)),
                        ("built_at", models.DateTimeField(blank=True, null=True)),
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
                                fields=("period", "kind"), name="one_risk_report_of_a_kind"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["escalated", "full"])),
                                name="risk_report_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "waiting"),
                                    models.Q(
                                        ("built_at__isnull", False),
                                        ("content__isnull", False),
                                        ("schema__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="built_risk_report_has_content",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("approved_at__isnull", False),
                                        ("approved_by__isnull", False),
                                        ("state__in", ("approved", "published")),
                                        models.Q(
                                            ("approved_by", models.F("closed_by")), _negated=True
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("approved", "published")), _negated=True
                                        ),
                                        ("approved_at__isnull", True),
                                        ("approved_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="risk_report_approved_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("pdf__isnull", False),
                                        ("published_at__isnull", False),
                                        ("published_by__isnull", False),
                                        ("state", "published"),
                                        models.Q(("checksum", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "published"), _negated=True),
                                        ("pdf__isnull", True),
                                        ("published_at__isnull", True),
                                        ("published_by__isnull", True),
                                        ("checksum", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="risk_report_published_with_checksum",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="risk_closer_is_who_closed",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n                    IF NEW.closed_by_id IS DISTINCT FROM\n                       (SELECT closed_by_id FROM programmes_period WHERE id = NEW.period_id)\n                    THEN\n                        RAISE EXCEPTION 'A report names who closed its period, and nobody else.'\n                            USING ERRCODE = 'restrict_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                                    hash="f25b08bd0298c68187c13d65f131c742cf39c0f6",
                                    operation='INSERT OR UPDATE OF "closed_by_id", "period_id", "approved_by_id"',
                                    pgid="pgtrigger_risk_closer_is_who_closed_27ca8",
                                    table="risks_riskreport",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="published_never_changes",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.\"state\" = 'published')",
                                    func="\n                    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) THEN RETURN NEW; END IF;\n                    RAISE EXCEPTION 'A published report never changes.'\n                        USING ERRCODE = 'restrict_violation';\n                ",
                                    hash="903e1b5c0a5d0cb6b7e129a1cf998c440846e9fe",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_published_never_changes_e0e43",
                                    table="risks_riskreport",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskreportevent" ("approved_at", "approved_by_id", "built_at", "checksum", "closed_by_id", "id", "kind", "narrative", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "schema", "state", "version") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."built_at", NEW."checksum", NEW."closed_by_id", NEW."id", NEW."kind", NEW."narrative", NEW."period_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."schema", NEW."state", NEW."version"); RETURN NULL;',
                                    hash="8424f2776351dc7069435812aa882de798793a25",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_6d5ad",
                                    table="risks_riskreport",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."built_at" IS DISTINCT FROM (NEW."built_at") OR OLD."checksum" IS DISTINCT FROM (NEW."checksum") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."narrative" IS DISTINCT FROM (NEW."narrative") OR OLD."period_id" IS DISTINCT FROM (NEW."period_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."schema" IS DISTINCT FROM (NEW."schema") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                                    func='INSERT INTO "risks_riskreportevent" ("approved_at", "approved_by_id", "built_at", "checksum", "closed_by_id", "id", "kind", "narrative", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "schema", "state", "version") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."built_at", NEW."checksum", NEW."closed_by_id", NEW."id", NEW."kind", NEW."narrative", NEW."period_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."schema", NEW."state", NEW."version"); RETURN NULL;',
                                    hash="ab929697783f0d9076f74f3c01ce4ce8b2a61d5d",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_1653b",
                                    table="risks_riskreport",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskreportevent" ("approved_at", "approved_by_id", "built_at", "checksum", "closed_by_id", "id", "kind", "narrative", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "schema", "state", "version") VALUES (OLD."approved_at", OLD."approved_by_id", OLD."built_at", OLD."checksum", OLD."closed_by_id", OLD."id", OLD."kind", OLD."narrative", OLD."period_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."published_at", OLD."published_by_id", OLD."schema", OLD."state", OLD."version"); RETURN NULL;',
                                    hash="9cb02aab0aa858b72f6f4859e556067b8fa6376c",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d4d6f",
                                    table="risks_riskreport",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_riskreport; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('period_id', OLD.period_id, 'kind', OLD.kind, 'state', OLD.state, 'schema', OLD.schema, 'narrative', OLD.narrative, 'checksum', OLD.checksum, 'built_at', OLD.built_at, 'closed_by_id', OLD.closed_by_id, 'approved_by_id', OLD.approved_by_id, 'approved_at', OLD.approved_at, 'published_by_id', OLD.published_by_id, 'published_at', OLD.published_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('period_id', NEW.period_id, 'kind', NEW.kind, 'state', NEW.state, 'schema', NEW.schema, 'narrative', NEW.narrative, 'checksum', NEW.checksum, 'built_at', NEW.built_at, 'closed_by_id', NEW.closed_by_id, 'approved_by_id', NEW.approved_by_id, 'approved_at', NEW.approved_at, 'published_by_id', NEW.published_by_id, 'published_at', NEW.published_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.riskreport', TG_OP, r.id, before, after, ARRAY['risks.riskreport:' || r.id]::text[], (SELECT place_id FROM programmes_period WHERE id = r.period_id), NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="5202915bd0d71584dcd5ebc8a90d0b794d7819fe",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_01293",
                                    table="risks_riskreport",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskReportEvent",
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
                                to="risks.riskreport",
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
                                    ("escalated", "Register of escalated risks"),
                                    ("full", "Full risk register"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Being built"),
                                    ("draft", "Draft"),
                                    ("approved", "Approved"),
                                    ("published", "Published"),
                                ],
                                default="waiting",
                                max_length=9,
                            ),
                        ),
                        ("schema", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("narrative", models.TextField(blank=True)),
                        ("checksum", models.CharField(blank=True, max_length=64)),
                        ("built_at", models.DateTimeField(blank=True, null=True)),
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
                    name="Score",
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
                                related_name="scores",
                                to="risks.risk",
                            ),
                        ),
                        (
                            "which",
                            models.CharField(
                                choices=[
                                    ("inherent", "Inherent"),
                                    ("current", "Current"),
                                    ("target", "Target"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("likelihood", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("impact", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("because", models.TextField(blank=True)),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "given_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["risk", "which", "-given_at", "-id"], name="score_latest"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("which__in", ["inherent", "current", "target"])
                                ),
                                name="score_which_known",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="kept",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="aad999567e48e1cc6a5bc0cd8e5a567632805996",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_kept_c3dcc",
                                    table="risks_score",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Residual",
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
                                related_name="residuals",
                                to="risks.risk",
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
                            "quarter",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(4),
                                ]
                            ),
                        ),
                        ("score", models.PositiveSmallIntegerField()),
                        (
                            "period",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.period",
                            ),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("risk", "year", "quarter"), name="one_residual_a_quarter"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quarter__range", (1, 4)),
                                    ("score__range", (1, 100)),
                                    ("year__range", (2000, 2100)),
                                ),
                                name="residual_of_a_quarter",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="frozen_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period p JOIN risks_risk k ON k.place_id = p.place_id\n        WHERE k.id = NEW.risk_id FOR SHARE OF p;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period p JOIN risks_risk k ON k.place_id = p.place_id\n        WHERE k.id = NEW.risk_id AND p.state IN ('closed', 'published')\n          AND p.ends_on >= (make_date(NEW.year, 4, 1) + make_interval(months => 3 * NEW.quarter) - interval '1 day')::date\n          \n          AND NOT (p.id = NEW.period_id AND p.closed_at = NEW.recorded_at)\n          AND NOT (NEW.period_id IS NULL AND k.created_at >= p.closed_at)\n\n    ) THEN\n        RAISE EXCEPTION 'The quarter is frozen with its period: its residual score never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="305e42b56f343cb4035a2df3590495cbeb414aa7",
                                    operation="INSERT",
                                    pgid="pgtrigger_frozen_insert_fd07f",
                                    table="risks_residual",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period p JOIN risks_risk k ON k.place_id = p.place_id\n        WHERE k.id = OLD.risk_id FOR SHARE OF p;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period p JOIN risks_risk k ON k.place_id = p.place_id\n        WHERE k.id = OLD.risk_id AND p.state IN ('closed', 'published')\n          AND p.ends_on >= (make_date(OLD.year, 4, 1) + make_interval(months => 3 * OLD.quarter) - interval '1 day')::date\n          \n    ) THEN\n        RAISE EXCEPTION 'The quarter is frozen with its period: its residual score never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n\n    PERFORM 1 FROM programmes_period p JOIN risks_risk k ON k.place_id = p.place_id\n        WHERE k.id = NEW.risk_id FOR SHARE OF p;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period p JOIN risks_risk k ON k.place_id = p.place_id\n        WHERE k.id = NEW.risk_id AND p.state IN ('closed', 'published')\n          AND p.ends_on >= (make_date(NEW.year, 4, 1) + make_interval(months => 3 * NEW.quarter) - interval '1 day')::date\n          \n    ) THEN\n        RAISE EXCEPTION 'The quarter is frozen with its period: its residual score never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN NEW;",
                                    hash="302d28239cdbf10b98a7da3e0adfdb7909cc2baa",
                                    operation="UPDATE",
                                    pgid="pgtrigger_frozen_update_e9824",
                                    table="risks_residual",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="frozen_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n    PERFORM 1 FROM programmes_period p JOIN risks_risk k ON k.place_id = p.place_id\n        WHERE k.id = OLD.risk_id FOR SHARE OF p;\n    IF EXISTS (\n        SELECT 1 FROM programmes_period p JOIN risks_risk k ON k.place_id = p.place_id\n        WHERE k.id = OLD.risk_id AND p.state IN ('closed', 'published')\n          AND p.ends_on >= (make_date(OLD.year, 4, 1) + make_interval(months => 3 * OLD.quarter) - interval '1 day')::date\n          \n    ) THEN\n        RAISE EXCEPTION 'The quarter is frozen with its period: its residual score never changes.'\n            USING ERRCODE = 'restrict_violation';\n    END IF;\nRETURN OLD;",
                                    hash="49eccc6198f2f0ecd11e3c1bf9b454ec3178f6e6",
                                    operation="DELETE",
                                    pgid="pgtrigger_frozen_delete_e060e",
                                    table="risks_residual",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_residualevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "recorded_at", "risk_id", "score", "year") VALUES (NEW."id", NEW."period_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."quarter", NEW."recorded_at", NEW."risk_id", NEW."score", NEW."year"); RETURN NULL;',
                                    hash="07d889f059830232e33e726f97756f7f03edcf9e",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2e8f4",
                                    table="risks_residual",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "risks_residualevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "recorded_at", "risk_id", "score", "year") VALUES (NEW."id", NEW."period_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."quarter", NEW."recorded_at", NEW."risk_id", NEW."score", NEW."year"); RETURN NULL;',
                                    hash="b0ac52679abca236d52abfd16a28b223ece34b5c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f9fd5",
                                    table="risks_residual",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_residualevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "recorded_at", "risk_id", "score", "year") VALUES (OLD."id", OLD."period_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."quarter", OLD."recorded_at", OLD."risk_id", OLD."score", OLD."year"); RETURN NULL;',
                                    hash="4743afebfc7cfb1704c8b1b2007a28ee77b67acf",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_8d150",
                                    table="risks_residual",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_residual; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('risk_id', OLD.risk_id, 'year', OLD.year, 'quarter', OLD.quarter, 'score', OLD.score, 'period_id', OLD.period_id, 'recorded_at', OLD.recorded_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('risk_id', NEW.risk_id, 'year', NEW.year, 'quarter', NEW.quarter, 'score', NEW.score, 'period_id', NEW.period_id, 'recorded_at', NEW.recorded_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.residual', TG_OP, r.id, before, after, ARRAY['risks.residual:' || r.id, 'risks.risk:' || r.risk_id]::text[], (SELECT place_id FROM risks_risk WHERE id = r.risk_id), (SELECT g.programme_id FROM risks_risk k JOIN risks_register g ON g.id = k.register_id WHERE k.id = r.risk_id), '');\nRETURN NULL;\n",
                                    hash="fc003b19b22100a0be4ecb02d0277465905221bc",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_9494d",
                                    table="risks_residual",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResidualEvent",
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
                                to="risks.residual",
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
                                to="risks.risk",
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
                            "quarter",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(4),
                                ]
                            ),
                        ),
                        ("score", models.PositiveSmallIntegerField()),
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
                            "recorded_at",
                            models.DateTimeField(db_default=icp.common.clock.DatabaseNow()),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Mitigation",
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
                                related_name="mitigations",
                                to="risks.risk",
                            ),
                        ),
                        ("what", models.TextField()),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="mitigations",
                                to="programmes.post",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True)),
                        (
                            "percent",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="How far it has come.",
                                validators=[django.core.validators.MaxValueValidator(100)],
                            ),
                        ),
                        ("progress", models.TextField(blank=True)),
                        ("effect", models.CharField(blank=True, max_length=300)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("order", models.PositiveIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("removed_at", None)),
                                fields=["risk", "due_on"],
                                name="mitigation_of_risk",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("percent__range", (0, 100))),
                                name="mitigation_percent_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_on__isnull", True), ("percent", 100), _connector="OR"
                                ),
                                name="mitigation_done_is_whole",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_mitigationevent" ("done_on", "due_on", "effect", "id", "order", "owner_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "removed_at", "risk_id", "version", "what") VALUES (NEW."done_on", NEW."due_on", NEW."effect", NEW."id", NEW."order", NEW."owner_id", NEW."percent", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."progress", NEW."removed_at", NEW."risk_id", NEW."version", NEW."what"); RETURN NULL;',
                                    hash="a450c4f7811b5a4827c8daf0c89f259f807b8eb6",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_324cd",
                                    table="risks_mitigation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "risks_mitigationevent" ("done_on", "due_on", "effect", "id", "order", "owner_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "removed_at", "risk_id", "version", "what") VALUES (NEW."done_on", NEW."due_on", NEW."effect", NEW."id", NEW."order", NEW."owner_id", NEW."percent", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."progress", NEW."removed_at", NEW."risk_id", NEW."version", NEW."what"); RETURN NULL;',
                                    hash="b6de6839dec6f46c1b5330b14361d36eadd62c1c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c669f",
                                    table="risks_mitigation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_mitigationevent" ("done_on", "due_on", "effect", "id", "order", "owner_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "removed_at", "risk_id", "version", "what") VALUES (OLD."done_on", OLD."due_on", OLD."effect", OLD."id", OLD."order", OLD."owner_id", OLD."percent", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."progress", OLD."removed_at", OLD."risk_id", OLD."version", OLD."what"); RETURN NULL;',
                                    hash="f4b362614c1325a6f3d24b4f0df8891e589e4435",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_0239d",
                                    table="risks_mitigation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_mitigation; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('risk_id', OLD.risk_id, 'what', OLD.what, 'owner_id', OLD.owner_id, 'due_on', OLD.due_on, 'percent', OLD.percent, 'progress', OLD.progress, 'effect', OLD.effect, 'done_on', OLD.done_on, 'removed_at', OLD.removed_at, 'order', OLD.order); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('risk_id', NEW.risk_id, 'what', NEW.what, 'owner_id', NEW.owner_id, 'due_on', NEW.due_on, 'percent', NEW.percent, 'progress', NEW.progress, 'effect', NEW.effect, 'done_on', NEW.done_on, 'removed_at', NEW.removed_at, 'order', NEW.order); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.mitigation', TG_OP, r.id, before, after, ARRAY['risks.mitigation:' || r.id, 'risks.risk:' || r.risk_id]::text[], (SELECT place_id FROM risks_risk WHERE id = r.risk_id), (SELECT g.programme_id FROM risks_risk k JOIN risks_register g ON g.id = k.register_id WHERE k.id = r.risk_id), '');\nRETURN NULL;\n",
                                    hash="8d2e80379d709cbfc81f0e62f486dcaebd0ddf31",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_c6703",
                                    table="risks_mitigation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MitigationEvent",
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
                                to="risks.mitigation",
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
                                to="risks.risk",
                            ),
                        ),
                        ("what", models.TextField()),
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
                        ("due_on", models.DateField(blank=True, null=True)),
                        (
                            "percent",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="How far it has come.",
                                validators=[django.core.validators.MaxValueValidator(100)],
                            ),
                        ),
                        ("progress", models.TextField(blank=True)),
                        ("effect", models.CharField(blank=True, max_length=300)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("order", models.PositiveIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Control",
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
                                related_name="controls",
                                to="risks.risk",
                            ),
                        ),
                        (
                            "line",
                            models.CharField(
                                choices=[
                                    ("control", "Control"),
                                    ("first line", "Assurance, first line: who does the work"),
                                    ("second line", "Assurance, second line: who oversees it"),
                                    ("third line", "Assurance, third line: independent"),
                                ],
                                default="control",
                                max_length=11,
                            ),
                        ),
                        ("what", models.TextField()),
                        ("gap", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "line__in",
                                        ["control", "first line", "second line", "third line"],
                                    )
                                ),
                                name="control_line_known",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_controlevent" ("gap", "id", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "risk_id", "what") VALUES (NEW."gap", NEW."id", NEW."line", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."risk_id", NEW."what"); RETURN NULL;',
                                    hash="53ecb1fe3c116b8a111728def0dc9c4210e7a614",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_df868",
                                    table="risks_control",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "risks_controlevent" ("gap", "id", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "risk_id", "what") VALUES (NEW."gap", NEW."id", NEW."line", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."risk_id", NEW."what"); RETURN NULL;',
                                    hash="011df3738d867d44e7d6470f33f6b63c7ffc0f83",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_70189",
                                    table="risks_control",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_controlevent" ("gap", "id", "line", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "risk_id", "what") VALUES (OLD."gap", OLD."id", OLD."line", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."risk_id", OLD."what"); RETURN NULL;',
                                    hash="22b0486870222d46bc339243f34fa081a033e526",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_057d8",
                                    table="risks_control",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_control; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('risk_id', OLD.risk_id, 'line', OLD.line, 'what', OLD.what, 'gap', OLD.gap); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('risk_id', NEW.risk_id, 'line', NEW.line, 'what', NEW.what, 'gap', NEW.gap); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.control', TG_OP, r.id, before, after, ARRAY['risks.control:' || r.id, 'risks.risk:' || r.risk_id]::text[], (SELECT place_id FROM risks_risk WHERE id = r.risk_id), (SELECT g.programme_id FROM risks_risk k JOIN risks_register g ON g.id = k.register_id WHERE k.id = r.risk_id), '');\nRETURN NULL;\n",
                                    hash="5110629f70e85f977250f41df6b2069ce76605b4",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_c2ff3",
                                    table="risks_control",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ControlEvent",
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
                                to="risks.control",
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
                                to="risks.risk",
                            ),
                        ),
                        (
                            "line",
                            models.CharField(
                                choices=[
                                    ("control", "Control"),
                                    ("first line", "Assurance, first line: who does the work"),
                                    ("second line", "Assurance, second line: who oversees it"),
                                    ("third line", "Assurance, third line: independent"),
                                ],
                                default="control",
                                max_length=11,
                            ),
                        ),
                        ("what", models.TextField()),
                        ("gap", models.TextField(blank=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Link",
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
                                related_name="links",
                                to="risks.risk",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.planitem",
                            ),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.changerequest",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.organisation",
                            ),
                        ),
                        (
                            "workstream",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="programmes.programme",
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                blank=True, help_text="Anything else, by its name.", max_length=200
                            ),
                        ),
                        (
                            "fund",
                            models.CharField(
                                blank=True,
                                help_text="Of a line of the money: its fund.",
                                max_length=20,
                            ),
                        ),
                        (
                            "line_name",
                            models.CharField(
                                blank=True,
                                help_text="Of a line that belongs to no workstream: its name.",
                                max_length=200,
                            ),
                        ),
                        (
                            "indicator",
                            models.CharField(
                                blank=True, help_text="An indicator's name.", max_length=200
                            ),
                        ),
                        (
                            "indicator_set",
                            models.CharField(
                                blank=True,
                                help_text="The set or source that the indicator is of.",
                                max_length=100,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("fund", ""), ("line_name", "")),
                                    models.Q(
                                        ("line_name", ""),
                                        ("organisation__isnull", False),
                                        models.Q(("fund", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("organisation__isnull", False),
                                        ("workstream", None),
                                        models.Q(("fund", ""), _negated=True),
                                        models.Q(("line_name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="line_of_a_partner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("change", None),
                                        ("indicator", ""),
                                        ("item__isnull", False),
                                        ("organisation", None),
                                        ("workstream", None),
                                    ),
                                    models.Q(
                                        ("change__isnull", False),
                                        ("indicator", ""),
                                        ("item", None),
                                        ("organisation", None),
                                        ("workstream", None),
                                    ),
                                    models.Q(
                                        ("change", None),
                                        ("indicator", ""),
                                        ("item", None),
                                        ("organisation__isnull", False),
                                    ),
                                    models.Q(
                                        ("change", None),
                                        ("item", None),
                                        ("organisation", None),
                                        ("workstream", None),
                                        models.Q(
                                            models.Q(("indicator", ""), _negated=True),
                                            models.Q(("words", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="link_leads_to_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("indicator_set", ""),
                                    models.Q(("indicator", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="link_set_of_an_indicator",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_linkevent" ("change_id", "fund", "id", "indicator", "indicator_set", "item_id", "line_name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "risk_id", "words", "workstream_id") VALUES (NEW."change_id", NEW."fund", NEW."id", NEW."indicator", NEW."indicator_set", NEW."item_id", NEW."line_name", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."risk_id", NEW."words", NEW."workstream_id"); RETURN NULL;',
                                    hash="7cc15603f4e3a512f3cabea9a5feb000aaaea24b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d3012",
                                    table="risks_link",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "risks_linkevent" ("change_id", "fund", "id", "indicator", "indicator_set", "item_id", "line_name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "risk_id", "words", "workstream_id") VALUES (NEW."change_id", NEW."fund", NEW."id", NEW."indicator", NEW."indicator_set", NEW."item_id", NEW."line_name", NEW."organisation_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."risk_id", NEW."words", NEW."workstream_id"); RETURN NULL;',
                                    hash="cba66aeefec6bf444416d9ff4a98b6de6fc6244b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e37f0",
                                    table="risks_link",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_linkevent" ("change_id", "fund", "id", "indicator", "indicator_set", "item_id", "line_name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "risk_id", "words", "workstream_id") VALUES (OLD."change_id", OLD."fund", OLD."id", OLD."indicator", OLD."indicator_set", OLD."item_id", OLD."line_name", OLD."organisation_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."risk_id", OLD."words", OLD."workstream_id"); RETURN NULL;',
                                    hash="bd41313a896a37e9e4bb31f03f088b0b8d619bb3",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_1689a",
                                    table="risks_link",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_link; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('risk_id', OLD.risk_id, 'item_id', OLD.item_id, 'change_id', OLD.change_id, 'organisation_id', OLD.organisation_id, 'workstream_id', OLD.workstream_id, 'fund', OLD.fund, 'line_name', OLD.line_name, 'indicator', OLD.indicator, 'indicator_set', OLD.indicator_set, 'words', OLD.words); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('risk_id', NEW.risk_id, 'item_id', NEW.item_id, 'change_id', NEW.change_id, 'organisation_id', NEW.organisation_id, 'workstream_id', NEW.workstream_id, 'fund', NEW.fund, 'line_name', NEW.line_name, 'indicator', NEW.indicator, 'indicator_set', NEW.indicator_set, 'words', NEW.words); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.link', TG_OP, r.id, before, after, ARRAY['risks.link:' || r.id, 'risks.risk:' || r.risk_id]::text[], (SELECT place_id FROM risks_risk WHERE id = r.risk_id), (SELECT g.programme_id FROM risks_risk k JOIN risks_register g ON g.id = k.register_id WHERE k.id = r.risk_id), '');\nRETURN NULL;\n",
                                    hash="8df7b2628b8addb64e462e8d94164870cbbd6229",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_5e869",
                                    table="risks_link",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkEvent",
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
                                to="risks.link",
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
                                to="risks.risk",
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
                        (
                            "change",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="programmes.changerequest",
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
                        (
                            "words",
                            models.CharField(
                                blank=True, help_text="Anything else, by its name.", max_length=200
                            ),
                        ),
                        (
                            "fund",
                            models.CharField(
                                blank=True,
                                help_text="Of a line of the money: its fund.",
                                max_length=20,
                            ),
                        ),
                        (
                            "line_name",
                            models.CharField(
                                blank=True,
                                help_text="Of a line that belongs to no workstream: its name.",
                                max_length=200,
                            ),
                        ),
                        (
                            "indicator",
                            models.CharField(
                                blank=True, help_text="An indicator's name.", max_length=200
                            ),
                        ),
                        (
                            "indicator_set",
                            models.CharField(
                                blank=True,
                                help_text="The set or source that the indicator is of.",
                                max_length=100,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RiskFile",
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
                            "risk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="risks.risk",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="risk_file_has_a_name",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskfileevent" ("added_at", "added_by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "risk_id", "sha256", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."removed_at", NEW."risk_id", NEW."sha256", NEW."size"); RETURN NULL;',
                                    hash="91dfb26ba13cb2b53b5d0c02b27f81ca93d5cd54",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_8e94e",
                                    table="risks_riskfile",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."risk_id" IS DISTINCT FROM (NEW."risk_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size"))',
                                    func='INSERT INTO "risks_riskfileevent" ("added_at", "added_by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "risk_id", "sha256", "size") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", NEW."name", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."removed_at", NEW."risk_id", NEW."sha256", NEW."size"); RETURN NULL;',
                                    hash="251dcdd77d7efc0d597eeb855b8d476c5f66c789",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_6c0ec",
                                    table="risks_riskfile",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskfileevent" ("added_at", "added_by_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "risk_id", "sha256", "size") VALUES (OLD."added_at", OLD."added_by_id", OLD."id", OLD."name", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."removed_at", OLD."risk_id", OLD."sha256", OLD."size"); RETURN NULL;',
                                    hash="9e4889536028d1227b964c10560045693dc0f457",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_5b67b",
                                    table="risks_riskfile",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_riskfile; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('name', OLD.name, 'size', OLD.size, 'sha256', OLD.sha256, 'added_by_id', OLD.added_by_id, 'added_at', OLD.added_at, 'removed_at', OLD.removed_at, 'risk_id', OLD.risk_id); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('name', NEW.name, 'size', NEW.size, 'sha256', NEW.sha256, 'added_by_id', NEW.added_by_id, 'added_at', NEW.added_at, 'removed_at', NEW.removed_at, 'risk_id', NEW.risk_id); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.riskfile', TG_OP, r.id, before, after, ARRAY['risks.riskfile:' || r.id, 'risks.risk:' || r.risk_id]::text[], (SELECT place_id FROM risks_risk WHERE id = r.risk_id), (SELECT g.programme_id FROM risks_risk k JOIN risks_register g ON g.id = k.register_id WHERE k.id = r.risk_id), '');\nRETURN NULL;\n",
                                    hash="f5c328eb82b3638f6068022d7cf48fa7442a7fdb",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_490dd",
                                    table="risks_riskfile",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskFileEvent",
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
                                to="risks.riskfile",
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
                            "risk",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="risks.risk",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RiskUpload",
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
                                related_name="+",
                                to="programmes.place",
                            ),
                        ),
                        ("filename", models.CharField(max_length=200)),
                        ("data", models.BinaryField()),
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
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskuploadevent" ("applied_at", "filename", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "uploaded_at", "uploaded_by_id") VALUES (NEW."applied_at", NEW."filename", NEW."id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."place_id", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                                    hash="ceaa4600ec31c6059612093610da053da4df4e3a",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a643d",
                                    table="risks_riskupload",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."applied_at" IS DISTINCT FROM (NEW."applied_at") OR OLD."filename" IS DISTINCT FROM (NEW."filename") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."place_id" IS DISTINCT FROM (NEW."place_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id"))',
                                    func='INSERT INTO "risks_riskuploadevent" ("applied_at", "filename", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "uploaded_at", "uploaded_by_id") VALUES (NEW."applied_at", NEW."filename", NEW."id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."place_id", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                                    hash="0088a9a86d3b40085cf6b1201810be2896744dc0",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_fcf14",
                                    table="risks_riskupload",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "risks_riskuploadevent" ("applied_at", "filename", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "uploaded_at", "uploaded_by_id") VALUES (OLD."applied_at", OLD."filename", OLD."id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."place_id", OLD."uploaded_at", OLD."uploaded_by_id"); RETURN NULL;',
                                    hash="a1b1353cd2eef9e11c6494b90a941bc91af4e065",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_8ce62",
                                    table="risks_riskupload",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="journal",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE r risks_riskupload; before jsonb; after jsonb;",
                                    func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('place_id', OLD.place_id, 'filename', OLD.filename, 'uploaded_by_id', OLD.uploaded_by_id, 'uploaded_at', OLD.uploaded_at, 'applied_at', OLD.applied_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('place_id', NEW.place_id, 'filename', NEW.filename, 'uploaded_by_id', NEW.uploaded_by_id, 'uploaded_at', NEW.uploaded_at, 'applied_at', NEW.applied_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('risks.riskupload', TG_OP, r.id, before, after, ARRAY['risks.riskupload:' || r.id]::text[], r.place_id, NULL::bigint, '');\nRETURN NULL;\n",
                                    hash="4f7881d969c32f732ea8e169134b2674c0f326fa",
                                    operation="INSERT OR UPDATE OR DELETE",
                                    pgid="pgtrigger_journal_9a6c5",
                                    table="risks_riskupload",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskUploadEvent",
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
                                to="risks.riskupload",
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
                        ("filename", models.CharField(max_length=200)),
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
                    name="ClosedTime",
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
                        ("closed_on", models.DateField()),
                        ("reopened_on", models.DateField()),
                        (
                            "risk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closed_times",
                                to="risks.risk",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reopened_on__gte", models.F("closed_on"))),
                                name="closed_before_reopened",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="kept",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="f44ebaef739615a962888014667cefcdc2a349bb",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_kept_e7bf7",
                                    table="risks_closedtime",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
