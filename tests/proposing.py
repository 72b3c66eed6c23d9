"""Proposing a change request of which a test does not ask what else it touches, and agreeing it."""

from programmes.models import ChangeRequest
from programmes.rules.changes import NONE, TOUCHED, Act
from programmes.services import change_life
from programmes.services.changes import draft_lines

TOUCHES_NOTHING = dict.fromkeys(TOUCHED, NONE)


def says_all(request):
    """The request, which now says of everything that it touches nothing, and that nobody was consulted."""
    ChangeRequest.objects.filter(pk=request.pk).update(**TOUCHES_NOTHING)
    request.refresh_from_db()
    return request


def propose_request(*, request, **more):
    return change_life.propose_request(request=says_all(request), **more)


def agreed_request(world, *lines, at):
    """A request of these lines, drafted and proposed by the lead, agreed by lead and office."""
    request = draft_lines(
        programme=world.programme,
        lines=lines,
        by=world.lead,
        at=at,
        title="After the winter",
        why="Parts are late.",
    )
    request = propose_request(request=request, by=world.lead, at=at)
    for act, by in ((Act.AGREE_FOR_PROGRAMME, world.lead), (Act.AGREE_FOR_OFFICE, world.office)):
        request = change_life.agree_request(request=request, act=act, by=by, at=at)
    return request
