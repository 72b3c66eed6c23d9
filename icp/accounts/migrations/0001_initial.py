import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0002_journal"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="e-mail address"),
                ),
                ("name", models.CharField(max_length=150)),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="address_in_lower_case",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_userevent" ("email", "id", "is_active", "is_superuser", "joined_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."email", NEW."id", NEW."is_active", NEW."is_superuser", NEW."joined_at", NEW."name", _pgh_attach_context(), icp_now(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="d25816c44303446ffa495404ce170d7de87f0e72",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3867c",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."joined_at" IS DISTINCT FROM (NEW."joined_at") OR OLD."name" IS DISTINCT FROM (NEW."name"))',
                            func='INSERT INTO "accounts_userevent" ("email", "id", "is_active", "is_superuser", "joined_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."email", NEW."id", NEW."is_active", NEW."is_superuser", NEW."joined_at", NEW."name", _pgh_attach_context(), icp_now(), \'update\', NEW."id"); RETURN NULL;',
                            hash="4589a3ce777369b94be9b0e7d8e700a9215037aa",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0e890",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_userevent" ("email", "id", "is_active", "is_superuser", "joined_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."email", OLD."id", OLD."is_active", OLD."is_superuser", OLD."joined_at", OLD."name", _pgh_attach_context(), icp_now(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="4aea42f2de6ca598d746149ecceade92d233275b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_19f14",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="journal",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE r accounts_user; before jsonb; after jsonb;",
                            func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('password', NULL, 'is_superuser', OLD.is_superuser, 'email', OLD.email, 'name', OLD.name, 'is_active', OLD.is_active, 'joined_at', OLD.joined_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('password', CASE WHEN TG_OP = 'UPDATE' AND NEW.password IS DISTINCT FROM OLD.password THEN 'changed' END, 'is_superuser', NEW.is_superuser, 'email', NEW.email, 'name', NEW.name, 'is_active', NEW.is_active, 'joined_at', NEW.joined_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('accounts.user', TG_OP, r.id, before, after, ARRAY['accounts.user:' || r.id]::text[], NULL::bigint, NULL::bigint, '');\nRETURN NULL;\n",
                            hash="fda4bf608a3692011e064a3e9730f11395f68d04",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_journal_32a16",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signed_in", "Signed in"),
                            ("failed", "Sign-in failed"),
                            ("locked", "Sign-in refused: too many had failed"),
                            ("step_failed", "Second step failed"),
                            ("sso_refused", "Single sign-on refused"),
                            ("signed_out", "Signed out"),
                            ("ended", "Session ended by the portal"),
                            ("session_ended", "Session ended by its owner"),
                            ("sessions_ended_for", "All sessions ended by an administrator"),
                            ("factor_added", "Second factor added"),
                            ("factor_removed", "Second factor removed"),
                            ("codes_made", "New recovery codes"),
                            ("password_changed", "Password changed"),
                            ("password_reset", "Password chosen anew by e-mail"),
                            ("sso_linked", "Single sign-on linked"),
                            ("sso_unlinked", "Single sign-on link removed"),
                            ("token_made", "API token made"),
                            ("token_revoked", "API token revoked"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_in_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("how", models.CharField(blank=True, max_length=100)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("address", models.GenericIPAddressField(blank=True, null=True)),
                ("device", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "-at"], name="event_of_a_person"),
                    models.Index(fields=["-at"], name="event_by_time"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="71fd5ef17c93d243e6174cecc5dd62b9122204dd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_78ba7",
                            table="accounts_signinevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("scope", models.CharField(max_length=80)),
                (
                    "host",
                    models.CharField(
                        help_text="Who invites, in the mail and on the page.", max_length=200
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Nobody: it was sent from the command line.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True), ("used_at__isnull", True)),
                        fields=("user", "scope"),
                        name="one_pending_invitation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"
                        ),
                        name="invitation_used_or_revoked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                        name="invitation_lasts",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_invitationevent" ("expires_at", "host", "id", "invited_at", "invited_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "scope", "used_at", "user_id") VALUES (NEW."expires_at", NEW."host", NEW."id", NEW."invited_at", NEW."invited_by_id", _pgh_attach_context(), icp_now(), \'insert\', NEW."id", NEW."revoked_at", NEW."scope", NEW."used_at", NEW."user_id"); RETURN NULL;',
                            hash="d61b31d91945c691fc0c7da7c2867b0040ed81e5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8c354",
                            table="accounts_invitation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."host" IS DISTINCT FROM (NEW."host") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."scope" IS DISTINCT FROM (NEW."scope") OR OLD."used_at" IS DISTINCT FROM (NEW."used_at") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                            func='INSERT INTO "accounts_invitationevent" ("expires_at", "host", "id", "invited_at", "invited_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "scope", "used_at", "user_id") VALUES (NEW."expires_at", NEW."host", NEW."id", NEW."invited_at", NEW."invited_by_id", _pgh_attach_context(), icp_now(), \'update\', NEW."id", NEW."revoked_at", NEW."scope", NEW."used_at", NEW."user_id"); RETURN NULL;',
                            hash="c10946ea74aebda5cc9eebf3f6f25ca8765bfb49",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4e12d",
                            table="accounts_invitation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_invitationevent" ("expires_at", "host", "id", "invited_at", "invited_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "scope", "used_at", "user_id") VALUES (OLD."expires_at", OLD."host", OLD."id", OLD."invited_at", OLD."invited_by_id", _pgh_attach_context(), icp_now(), \'delete\', OLD."id", OLD."revoked_at", OLD."scope", OLD."used_at", OLD."user_id"); RETURN NULL;',
                            hash="5350f47ad4150cef5ef52eadb7fe047774ee7139",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f2c14",
                            table="accounts_invitation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="journal",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE r accounts_invitation; before jsonb; after jsonb;",
                            func="\nIF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;\nIF TG_OP <> 'INSERT' THEN before := jsonb_build_object('scope', OLD.scope, 'host', OLD.host, 'invited_by_id', OLD.invited_by_id, 'invited_at', OLD.invited_at, 'expires_at', OLD.expires_at, 'used_at', OLD.used_at, 'revoked_at', OLD.revoked_at); END IF;\nIF TG_OP <> 'DELETE' THEN after := jsonb_build_object('scope', NEW.scope, 'host', NEW.host, 'invited_by_id', NEW.invited_by_id, 'invited_at', NEW.invited_at, 'expires_at', NEW.expires_at, 'used_at', NEW.used_at, 'revoked_at', NEW.revoked_at); END IF;\nIF TG_OP = 'UPDATE' AND before = after THEN RETURN NULL; END IF;\nPERFORM icp_journal('accounts.invitation', TG_OP, r.id, before, after, ARRAY['accounts.invitation:' || r.id, 'accounts.user:' || r.user_id]::text[], substring(r.scope from '^place:([0-9]{1,18})$')::bigint, NULL::bigint, '');\nRETURN NULL;\n",
                            hash="c63a866b898b1d5cc025b2bb3de18a9c73f0ac30",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_journal_d680d",
                            table="accounts_invitation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitationEvent",
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
                        to="accounts.invitation",
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
                ("scope", models.CharField(max_length=80)),
                (
                    "host",
                    models.CharField(
                        help_text="Who invites, in the mail and on the page.", max_length=200
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Nobody: it was sent from the command line.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
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
                        to=settings.AUTH_USER_MODEL,
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
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=150)),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("start", models.CharField(editable=False, max_length=8)),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(help_text="The last second of its last day.")),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("last_used_from", models.GenericIPAddressField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["user", "-made_at"], name="token_of_a_person")],
            },
        ),
    ]
