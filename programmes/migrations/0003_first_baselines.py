"""Plans that were imported before baselines were kept: what is agreed now is their first."""

from django.db import migrations

FORWARDS = """
INSERT INTO programmes_baseline (programme_id, number, name)
SELECT DISTINCT programme_id, 1, 'First plan' FROM programmes_planitem;
INSERT INTO programmes_agreeddates (baseline_id, item_id, start, finish, removed)
SELECT b.id, i.id, i.baseline_start, i.baseline_finish, i.removed_at IS NOT NULL
FROM programmes_planitem i JOIN programmes_baseline b ON b.programme_id = i.programme_id;
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_change_control")]

    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
