"""What time the portal has, as the database can tell it: ``icp.common.clock.now``, in SQL."""

from django.db import migrations

NOW = """
CREATE OR REPLACE FUNCTION icp_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN today IS NULL THEN clock_timestamp()
        ELSE (today + (clock_timestamp() AT TIME ZONE 'Europe/London')::time)
             AT TIME ZONE 'Europe/London'
    END
    FROM (SELECT (SELECT today FROM common_democlock LIMIT 1) AS today) AS stands
$$
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0001_initial")]

    operations = [migrations.RunSQL(NOW, "DROP FUNCTION icp_now()")]
