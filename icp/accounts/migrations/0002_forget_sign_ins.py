"""Old sign-ins are forgotten by a function of the owner: the application's own role may only add to the record."""

from django.db import migrations

# Whoever calls it, nothing younger than 90 days goes, by the real clock and by the portal's.
FORGET = """
CREATE FUNCTION icp_forget_sign_ins(moment timestamptz, days integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    forgotten bigint;
    before text := coalesce(current_setting('pgtrigger.ignore', true), '');
BEGIN
    IF days < 90 THEN
        RAISE EXCEPTION 'Sign-ins are kept for 90 days at least.';
    END IF;
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_append_only_78ba7}', true);
    DELETE FROM accounts_signinevent
        WHERE at < least(moment, now()) - make_interval(days => days);
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    PERFORM set_config('pgtrigger.ignore', coalesce(nullif(before, ''), '{}'), true);
    RETURN forgotten;
END;
$$
"""


class Migration(migrations.Migration):
    # The libraries' own tables come first: each alteration of theirs renders all models that are known by then.
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FORGET, "DROP FUNCTION icp_forget_sign_ins(timestamptz, integer)"),
    ]
