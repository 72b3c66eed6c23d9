"""What is done with a risk besides writing it, by the API: the pages' own deeds, each by its form and its service."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common.api import Body, NoBody
from programmes.api.bodies import body_of, refuse_form
from programmes.api.versions import IF_MATCH, STALE, version_from
from programmes.errors import NotAllowed
from programmes.models import Board
from risks import services
from risks.api.permitting import REFUSED, page_of
from risks.api.serializers import RiskSerializer
from risks.deed_forms import DECISIONS, WHOLE
from risks.deeds import DEEDS, NOT_YOURS
from risks.errors import StaleRisk
from risks.models import Ground, Risk
from risks.services.registers import WHOLE as CODE_OF_THE_WHOLE
from risks.views.pages import RiskPage


class BecauseSerializer(Body):
    because = serializers.CharField(max_length=1000, help_text="Why.")


class RemovalSerializer(Body):
    because = serializers.CharField(
        max_length=1000, allow_blank=True, help_text="Why; empty takes the recommendation back."
    )


class MergeSerializer(BecauseSerializer):
    into = serializers.CharField(
        max_length=24, help_text="Reference of the risk that holds it already, such as PC1."
    )


class TransferSerializer(BecauseSerializer):
    register = serializers.CharField(
        max_length=12,
        help_text=f"A programme's code, or {CODE_OF_THE_WHOLE} for the register of the whole.",
    )


class IssueSerializer(BecauseSerializer):
    keep = serializers.BooleanField(
        required=False, default=False, help_text="It may happen again: keep the risk open too."
    )


class BoardSerializer(Body):
    board = serializers.CharField(max_length=40, help_text="Short name of the board that asked.")
    because = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class DecisionSerializer(BecauseSerializer):
    ground = serializers.ChoiceField(choices=Ground.choices)
    board = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=40,
        help_text="Short name of the board that asked, where the ground is that one did.",
    )
    decision = serializers.ChoiceField(choices=DECISIONS)


def _described(body: type[Body], code: int = 200) -> Any:
    answers = {code: RiskSerializer, **REFUSED, **STALE}
    return extend_schema(request=body, responses=answers, parameters=[IF_MATCH])


class Deeds:
    """Operations on one risk of a view set of risks."""

    @_described(NoBody)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str) -> Response:
        """Reviewed, no change: the next review is due by its score."""
        body_of(NoBody, request)
        page = self._changing(request)
        return self._done(
            lambda: services.review_unchanged(
                risk=page.risk, by=page.user, at=page.at, today=page.today, seen=page.seen
            )
        )

    @_described(NoBody)
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str) -> Response:
        """Let likelihood times impact stand instead of the score that a source printed."""
        body_of(NoBody, request)
        page = self._changing(request)
        return self._done(
            lambda: services.settle_printed(risk=page.risk, by=page.user, seen=page.seen)
        )

    @_described(BecauseSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Close it; it leaves the boards too. It can be opened again."""
        return self._deed("close", body_of(BecauseSerializer, request))

    @_described(BecauseSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Open it again under its own reference; it goes to the boards if its score says so."""
        return self._deed("reopen", body_of(BecauseSerializer, request))

    @_described(MergeSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        """End a risk that another one holds already; its open actions, its links and what boards asked to see
        go over to that one, which you may change too.

        The answer is the risk that ended: ``merged_into`` leads on.
        """
        return self._deed("merge", body_of(MergeSerializer, request), answers_itself=True)

    @_described(TransferSerializer)
    @action(detail=True, methods=["post"])
    def transfer(self, request: Request, pk: str) -> Response:
        """Move it to another register, where it gets a reference. The old one is given to no other risk."""
        given = body_of(TransferSerializer, request)
        if given["register"] == CODE_OF_THE_WHOLE:
            given["register"] = WHOLE
        return self._deed("transfer", given)

    @_described(IssueSerializer, 201)
    @action(detail=True, methods=["post"])
    def issue(self, request: Request, pk: str) -> Response:
        """It has happened: an issue is raised from it, which is the answer; the risk is closed unless it is kept."""
        return self._deed("issue", body_of(IssueSerializer, request), code=201)

    @_described(RemovalSerializer)
    @action(detail=True, methods=["post"], url_path="recommend-removal")
    def recommend_removal(self, request: Request, pk: str) -> Response:
        """For a risk that its programme cannot mitigate. It stays until somebody closes it."""
        return self._deed("remove", body_of(RemovalSerializer, request))

    @_described(BoardSerializer)
    @action(detail=True, methods=["post"], url_path="ask-to-see")
    def ask_to_see(self, request: Request, pk: str) -> Response:
        """A board asked to see it: it goes to the boards whatever its score."""
        given = body_of(BoardSerializer, request)
        risk: Risk = self.get_object()  # type: ignore[attr-defined]
        boards = Board.objects.filter(place=risk.place, short_name=given["board"])
        found = boards.order_by("order", "pk").first()
        if found is None:
            raise ValidationError({"board": ["The place has no board with this short name."]})
        return self._deed("board", given | {"board": found.pk}, risk=risk)

    @_described(BecauseSerializer)
    @action(detail=True, methods=["post"], url_path="need-to-know")
    def need_to_know(self, request: Request, pk: str) -> Response:
        """The boards need to know of it, whatever its score."""
        return self._deed("know", body_of(BecauseSerializer, request))

    @_described(DecisionSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """Decide on one ground of its escalation: it comes back from the boards, or stays although its score fell."""
        given = body_of(DecisionSerializer, request)
        risk: Risk = self.get_object()  # type: ignore[attr-defined]
        grounds = risk.escalations.filter(ended_at=None, ground=given["ground"])
        if board := given.pop("board", ""):
            grounds = grounds.filter(board__short_name=board)
        found = list(grounds.order_by("pk")[:2])
        if len(found) > 1:
            raise ValidationError({"board": ["Several boards asked to see it: say which."]})
        if not found:
            raise ValidationError({"ground": ["It is not before the boards on this ground."]})
        return self._deed("decide", given | {"ground": found[0].pk}, risk=risk)

    def _changing(self, request: Request) -> RiskPage:
        risk: Risk = self.get_object()  # type: ignore[attr-defined]
        page = page_of(request, risk, seen=version_from(request, risk))
        page.changer()
        return page

    def _deed(
        self,
        name: str,
        given: dict[str, Any],
        *,
        risk: Risk | None = None,
        code: int = 200,
        answers_itself: bool = False,
    ) -> Response:
        """``risk`` is that of the address, where it is read already. ``answers_itself``: the answer is that risk, and not
        the one that the deed leads to.
        """
        request: Request = self.request  # type: ignore[attr-defined]
        risk = risk or self.get_object()  # type: ignore[attr-defined]
        page = page_of(request, risk, seen=version_from(request, risk))
        deed = DEEDS[name]
        if not deed.may(page):
            raise NotAllowed(NOT_YOURS)
        form = deed.form(given, page=page)
        if not form.is_valid():
            refuse_form(form)

        def do() -> Risk:
            done, _ = deed.do(page, form.cleaned_data | form.known())
            return page.risk if answers_itself else done

        return self._done(do, code=code)

    def _done(self, do: Any, *, code: int = 200) -> Response:
        try:
            done: Risk = do()
        except StaleRisk as stale:
            return self._stale(stale)  # type: ignore[attr-defined,no-any-return]
        found = self.get_queryset().get(pk=done.pk)  # type: ignore[attr-defined]
        return self._answer(found, code)  # type: ignore[attr-defined,no-any-return]
