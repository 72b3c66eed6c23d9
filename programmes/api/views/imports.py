"""Plan files by the API: brought, previewed, decided on and put aside as on the Import page, by the office."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import django_filters as django
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import Json
from icp.common.tabular import TableError
from programmes import access
from programmes.api import import_serializers as shown
from programmes.api.bodies import body_of, refuse_form
from programmes.api.versions import IF_MATCH, names_tag, stale_answer
from programmes.api.views.brought import Brought, paged
from programmes.errors import CannotImport, StalePreview
from programmes.import_forms import UploadForm
from programmes.models import Place, PlanUpload
from programmes.services import background, uploads
from programmes.services.plan_conflicts import Conflict
from programmes.services.plan_shown import Shown

NOT_NOW = OpenApiResponse(
    description="Not now: it is being read or imported, cannot be read, or is imported already."
)


class PlanImportFilter(django.FilterSet):
    place = django.CharFilter("place__slug", label="Place, as in its address")
    programme = django.CharFilter("programme__code", label="Programme code that was said with it")

    class Meta:
        model = PlanUpload
        fields: tuple[str, ...] = ()


class PlanImportViewSet(Brought):
    """Plan files of the places whose office you are of, the newest first. Nothing is written before it is applied."""

    serializer_class = shown.PlanImportSerializer
    filterset_class = PlanImportFilter
    lists = ("differences", "errors", "conflicts", "missing")
    queryset = PlanUpload.objects.none()

    def get_queryset(self) -> QuerySet[PlanUpload]:
        found = PlanUpload.objects.filter(place__in=self._places(), kind=PlanUpload.Kind.PLAN)
        named = found.select_related("place", "programme", "uploaded_by")
        return named.defer("data", "found").order_by("-uploaded_at", "-pk")

    def _places(self) -> QuerySet[Place]:
        return access.places_run(user=self.request.user, on=clock.today())  # type: ignore[arg-type]

    def _upload(self) -> PlanUpload:
        """The file of this address, contents and all."""
        found = self.get_queryset().defer(None)
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @extend_schema(
        request={"multipart/form-data": shown.PlanImportFileSerializer},
        responses={
            201: shown.PlanImportPreviewSerializer,
            202: OpenApiResponse(
                shown.PlanImportPreviewSerializer, description="It is large: a worker reads it."
            ),
        },
    )
    def create(self, request: Request) -> Response:
        """Bring a file. The answer says what importing it would do; it writes nothing."""
        asked = body_of(shown.PlanImportFileSerializer, request)
        place = get_object_or_404(self._places(), slug=asked["place"])
        upload = self._store(place, asked)
        if upload.state == PlanUpload.State.WAITING:
            background.begin(upload=upload)
            return _told(upload, code=202)
        return _told(upload, code=201)

    def _store(self, place: Place, asked: dict[str, Any]) -> PlanUpload:
        """Raises:
        ValidationError: it cannot be read, or names no programme of the place.
        """
        data = {"kind": PlanUpload.Kind.PLAN, "programme": asked.get("programme", "")}
        form = UploadForm(data, {"file": asked["file"]}, place=place)
        if not form.is_valid():
            refuse_form(form)
        file = form.cleaned_data["file"]
        try:
            return uploads.store_upload(
                place=place,
                kind=PlanUpload.Kind.PLAN,
                filename=file.name,
                data=file.read(),
                programme=form.programmes.get(form.cleaned_data["programme"]),
                by=self.request.user,  # type: ignore[arg-type]
                at=clock.now(),
            )
        except TableError as problem:
            raise ValidationError({"file": [str(problem)]}) from None

    @extend_schema(responses=shown.PlanImportPreviewSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """How far it is, and what importing it would do or did. The ETag names that preview."""
        return _told(self._upload())

    @paged(shown.DifferenceSerializer)
    def differences(self, request: Request, pk: str) -> Response:
        """What would change, thing by thing."""
        return self.listed(shown.DifferenceSerializer, self._preview().lines)

    @paged(shown.ImportErrorSerializer)
    def errors(self, request: Request, pk: str) -> Response:
        """The cells that cannot be read, each with what to do."""
        return self.listed(shown.ImportErrorSerializer, self._preview().errors)

    @paged(shown.ImportConflictSerializer)
    def conflicts(self, request: Request, pk: str) -> Response:
        """What both the file and somebody in the portal changed, with the number to choose it by."""
        return self.listed(shown.ImportConflictSerializer, Numbered(self._preview().conflicts))

    @paged(shown.MissingRowSerializer)
    def missing(self, request: Request, pk: str) -> Response:
        """Rows of the plan that the file does not have."""
        page = self.paginate_queryset(self._preview().left)  # type: ignore[arg-type]
        told = [{"row": row} for row in page or ()]
        return self.get_paginated_response(shown.MissingRowSerializer(told, many=True).data)

    def _preview(self) -> Shown:
        found = background.shown_of(self._upload())
        if found is None:
            raise CannotImport("There is no preview of this file: its state says why.")
        return found

    @extend_schema(
        request=shown.PlanImportApplySerializer,
        responses={
            200: shown.PlanImportPreviewSerializer,
            202: OpenApiResponse(
                shown.PlanImportPreviewSerializer, description="It is large: a worker imports it."
            ),
            409: NOT_NOW,
            412: OpenApiResponse(
                description="The plan has changed since; the answer holds what the file would change now."
            ),
            428: OpenApiResponse(description="If-Match is missing."),
        },
        parameters=[IF_MATCH],
    )
    @action(detail=True, methods=["post"], parser_classes=[Json])
    def apply(self, request: Request, pk: str) -> Response:
        """Import it as the preview said that If-Match names: the whole of it or nothing, once."""
        upload = self._upload()
        asked = body_of(shown.PlanImportApplySerializer, request)
        found = _to_decide_on(upload)
        try:
            if not names_tag(request, _tag(upload, found)):
                raise StalePreview(uploads.CHANGED_SINCE)
            _refuse_unknown(found, asked)
            return self._apply(upload, found, asked)
        except StalePreview as stale:
            return stale_answer(stale, _told(upload))

    def _apply(self, upload: PlanUpload, found: Shown, asked: dict[str, Any]) -> Response:
        by_worker = background.is_kept(upload)
        write: Any = background.begin_import if by_worker else uploads.apply_upload
        write(
            upload=upload,
            by=self.request.user,
            at=clock.now(),
            seen=found.seen,
            take=set(asked.get("take", ())),
            remove=set(asked.get("remove", ())),
        )
        return _told(self._upload(), code=202 if by_worker else 200)

    @extend_schema(request=None, responses={204: None, 409: NOT_NOW})
    def destroy(self, request: Request, pk: str) -> Response:
        """Put a file aside that was not imported."""
        uploads.discard_upload(upload=self._upload())
        return Response(status=204)


class Numbered(Sequence[dict[str, Any]]):
    """Conflicts, each with the number to choose it by: its place among all, whatever the page."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = conflicts

    def __len__(self) -> int:
        return len(self.conflicts)

    def __getitem__(self, at: Any) -> Any:
        start = at.indices(len(self))[0]
        return [{"number": n, **asdict(one)} for n, one in enumerate(self.conflicts[at], start)]


def _to_decide_on(upload: PlanUpload) -> Shown:
    """Raises:
    CannotImport: there is nothing to decide: it is imported, or not ready.
    """
    if upload.applied_at:
        raise CannotImport(f"{upload.filename} was imported already.")
    found = background.shown_of(upload)
    if found is None:
        raise CannotImport(f"{upload.filename} cannot be imported now: its state says why.")
    return found


def _refuse_unknown(found: Shown, asked: dict[str, Any]) -> None:
    """Raises:
    ValidationError: a choice names nothing of the preview.
    """
    numbers = {n for n in asked.get("take", ()) if n >= len(found.conflicts)}
    rows = {*asked.get("remove", ())} - {*found.left, uploads.EVERY_ROW}
    said = {}
    if numbers:
        said["take"] = [f"There is no conflict {number}." for number in sorted(numbers)]
    if rows:
        said["remove"] = [f"{row} is no row that the file does not have." for row in sorted(rows)]
    if said:
        raise ValidationError(said)


def _tag(upload: PlanUpload, found: Shown) -> str:
    """What a preview says is its own version."""
    return f'"{upload.pk}-{found.seen}"'


def _told(upload: PlanUpload, *, code: int = 200) -> Response:
    found = background.shown_of(upload)
    data = dict(shown.PlanImportSerializer(upload).data)
    data["counts"] = shown.CountsSerializer(found).data if found else None
    for name in ("warnings", "left_out", "notes", "waiting", "requests"):
        # Any of them may be as long as the plan.
        data[name] = [*getattr(found, name)[: shown.MOST_SENTENCES]] if found else []
    return Response(data, code, headers={"ETag": _tag(upload, found)} if found else {})
