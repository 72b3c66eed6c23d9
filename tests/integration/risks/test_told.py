"""Who is told what goes to the boards, and what comes back."""

from icp.common.models import OutgoingMail
from programmes.models import LeadershipRole
from risks import services
from tests.factories import LeadershipFactory, PostFactory, UserFactory
from tests.integration.risks.conftest import raised, when


def of_the_whole(world):
    return services.raise_risk(
        place=world.place,
        programme=None,
        values={"title": "Skills are scarce", "likelihood": 4, "impact": 4},
        **when(world.office),
    )


def told(risk, said="goes to the boards"):
    mails = OutgoingMail.objects.filter(subject__startswith=f"{risk.ref} {said}")
    return {mail.to: mail.body for mail in mails}


def test_of_the_register_of_the_whole_the_accountable_officers_are_told(world):
    officer = UserFactory(name="Managing Director")
    post = PostFactory(place=world.place, title="Managing Director", holder=officer)
    for programme in (world.programme, world.other):
        LeadershipFactory(programme=programme, role=LeadershipRole.ACCOUNTABLE, post=post)
    risk = of_the_whole(world)
    assert set(told(risk)) == {officer.email, world.office.email, world.office_too.email}
    assert "Nobody with an account" not in told(risk)[world.office.email]
    services.change_risk(
        risk=risk,
        values={"likelihood": 2},
        because="More are trained.",
        seen=risk.version,
        **when(world.office),
    )
    said = told(risk, "could come back")[officer.email]
    assert "until the programme office decides" in said


def test_where_nobody_answers_for_a_register_the_office_is_told_so(world):
    owner = UserFactory(name="Owner")
    whole = of_the_whole(world)
    assert "named as accountable officer" in told(whole)[world.office.email]
    post = PostFactory(place=world.place, title="Estates lead", holder=owner)
    risk = raised(world, programme=world.other, owner=post)
    mails = told(risk)
    assert "named as SRO or chair of Estates" in mails[world.office.email]
    assert "Nobody with an account" not in mails[owner.email]
