"""What was agreed is written down once, and stands."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from programmes.importers.plan import read_plan
from programmes.models import AgreedDates, Baseline, ChangeRequest, ChangeState, PlanItem
from programmes.services.baselines import agree_baseline
from programmes.services.plan_import import import_plan
from tests.factories import PlanItemFactory, ProgrammeFactory, UserFactory

HEAD = "programme,plan_id,outline_level,kind,name,duration,start,finish,complete,scheduling\n"

pytestmark = pytest.mark.django_db


def imported(programme, *lines: str) -> None:
    data = (HEAD + "\n".join(lines)).encode()
    file = read_plan(data, "plan.csv", programmes=[programme.code])
    assert not file.errors
    import_plan(place=programme.place, file=file, by=UserFactory())


def test_the_first_import_is_the_first_baseline():
    programme = ProgrammeFactory(code="IT")
    imported(programme, "IT,1,1,task,Lines,5 days,06/01/20,10/01/20,no,auto")
    baseline = Baseline.objects.get(programme=programme)
    assert (baseline.number, baseline.name) == (1, "First plan")
    entry = baseline.entries.get()
    assert (entry.item.plan_id, entry.finish) == ("1", date(2020, 1, 10))
    assert not entry.removed


def test_the_same_file_twice_agrees_nothing_new():
    programme = ProgrammeFactory(code="IT")
    for _ in range(2):
        imported(programme, "IT,1,1,task,Lines,5 days,06/01/20,10/01/20,no,auto")
    assert Baseline.objects.count() == 1


@pytest.mark.parametrize("model", [Baseline, AgreedDates])
def test_what_was_agreed_never_changes(model):
    item = PlanItemFactory()
    agree_baseline(programme=item.programme, items=[item])
    for attempt in (model.objects.all().delete, lambda: model.objects.update(id=7)):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_one_person_cannot_agree_for_both_sides():
    programme = ProgrammeFactory()
    request = ChangeRequest.objects.create(
        programme=programme,
        place=programme.place,
        number=1,
        title="Later",
        drafted_by=UserFactory(),
    )
    both, now = UserFactory(), "2020-02-14T10:00Z"
    agreed = {
        "state": ChangeState.AGREED,
        "proposed_by": both,
        "proposed_at": now,
        "programme_agreed_by": both,
        "programme_agreed_at": now,
        "office_agreed_at": now,
    }
    rows = ChangeRequest.objects.filter(pk=request.pk)
    with pytest.raises(IntegrityError, match="change_agreed_by_two"), transaction.atomic():
        rows.update(**agreed, office_agreed_by=both)
    assert rows.update(**agreed, office_agreed_by=UserFactory()) == 1


def test_every_change_of_what_its_author_wrote_counts_a_rows_version():
    item = PlanItemFactory(name="Lines")
    PlanItem.objects.filter(pk=item.pk).update(name="Phone lines")
    item.refresh_from_db()
    assert item.version == 2
    PlanItem.objects.filter(pk=item.pk).update(name="Phone lines")
    item.refresh_from_db()
    assert item.version == 2
