"""Registers as files by the API: brought, previewed, decided on and brought in, as the office does on its page."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from icp.common import clock
from icp.common.api import Json
from icp.common.tabular import TableError
from programmes import access as places
from programmes.api.bodies import body_of, refuse_form
from programmes.api.versions import IF_MATCH, STALE, names_tag, stale_answer
from programmes.api.views.brought import Brought, paged
from programmes.errors import CannotImport, StalePreview
from risks import access
from risks.api import import_serializers as shown
from risks.models import RiskUpload
from risks.services.bringing import Preview, bring_in, fingerprint, preview
from risks.views.bring import UploadForm, limits, store

NOT_NOW = OpenApiResponse(description="Not now: it has a bad cell, or was brought in already.")


class RiskImportFilter(filters.FilterSet):
    place = filters.CharFilter("place__slug", label="Place, as in its address")

    class Meta:
        model = RiskUpload
        fields: tuple[str, ...] = ()


class RiskImportViewSet(Brought):
    """Registers as files, of the places whose office you are of, the newest first. Nothing is written before ``apply``."""

    serializer_class = shown.RiskImportSerializer
    filterset_class = RiskImportFilter
    lists = ("differences", "errors", "conflicts")
    queryset = RiskUpload.objects.none()

    def get_queryset(self) -> QuerySet[RiskUpload]:
        found = access.visible_uploads(user=self.request.user, on=clock.today())  # type: ignore[arg-type]
        return found.select_related("place", "uploaded_by").defer("data").order_by("-pk")

    def _upload(self) -> RiskUpload:
        """The file of this address, contents and all."""
        return get_object_or_404(self.get_queryset().defer(None), pk=self.kwargs["pk"])

    @extend_schema(
        request={"multipart/form-data": shown.RiskImportFileSerializer},
        responses={201: shown.RiskImportPreviewSerializer},
    )
    def create(self, request: Request) -> Response:
        """Bring a register. The answer says what bringing it in would do; it writes nothing."""
        given = body_of(shown.RiskImportFileSerializer, request)
        user: Any = request.user
        offices = places.places_run(user=user, on=clock.today())
        place = get_object_or_404(offices, slug=given["place"])
        form = UploadForm({}, MultiValueDict({"file": [given["file"]]}))
        if not form.is_valid():
            refuse_form(form)
        try:
            upload = store(form, place=place, by=user, at=clock.now())
        except TableError as problem:
            raise ValidationError({"file": [str(problem)]}) from None
        return _told(upload, code=201)

    @extend_schema(responses=shown.RiskImportPreviewSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What bringing it in would do. The ETag names that preview; of a file that was brought in there is none."""
        return _told(self._upload())

    @paged(shown.RiskDifferenceSerializer)
    def differences(self, request: Request, pk: str) -> Response:
        """What would change, field by field; of a risk to raise its title alone."""
        return self.listed(shown.RiskDifferenceSerializer, _differences(_preview(self._upload())))

    @paged(shown.RiskImportErrorSerializer)
    def errors(self, request: Request, pk: str) -> Response:
        """The cells that need attention, each with what to do."""
        return self.listed(shown.RiskImportErrorSerializer, _preview(self._upload()).errors)

    @paged(shown.RiskConflictSerializer)
    def conflicts(self, request: Request, pk: str) -> Response:
        """What both the file and somebody here changed, with the key to choose it by."""
        return self.listed(shown.RiskConflictSerializer, _conflicts(_preview(self._upload())))

    @extend_schema(
        request=shown.RiskImportApplySerializer,
        responses={200: shown.RiskImportDoneSerializer, 409: NOT_NOW, **STALE},
        parameters=[IF_MATCH],
    )
    @action(detail=True, methods=["post"], parser_classes=[Json])
    def apply(self, request: Request, pk: str) -> Response:
        """Bring it in as the preview said that If-Match names: the whole of it or nothing, once."""
        take = set(body_of(shown.RiskImportApplySerializer, request).get("take", ()))
        upload = self._upload()
        found = _preview(upload)
        try:
            if not names_tag(request, _tag(upload, found)):
                raise StalePreview("The registers have changed since the preview that you name.")
            _refuse_unknown(found, take)
            done = bring_in(
                upload=upload,
                take=take,
                by=request.user,  # type: ignore[arg-type]
                at=clock.now(),
                today=clock.today(),
                limits=limits(),
                seen=fingerprint(found),
            )
        except StalePreview as stale:
            return stale_answer(stale, _told(upload))
        return Response(shown.RiskImportDoneSerializer(done).data)


def _preview(upload: RiskUpload) -> Preview:
    """Raises:
    CannotImport: it was brought in already, or cannot be read any more.
    """
    if upload.applied_at:
        raise CannotImport(f"{upload.filename} was brought in already.")
    try:
        return preview(upload=upload, limits=limits())
    except TableError as problem:
        raise CannotImport(str(problem)) from None


def _differences(found: Preview) -> list[dict[str, Any]]:
    changed = [
        {"row": one.row.number, "ref": one.risk.ref, "field": field.name}
        | {"old": field.stored, "new": field.brought}
        for one in (*found.changed, *found.conflicts)
        if one.risk
        for field in one.differences
    ]
    raised = [
        {"row": one.row.number, "ref": one.row.ref, "field": "", "old": ""}
        | {"new": str(one.row.values.get("title", ""))}
        for one in found.new
    ]
    return [*changed, *raised]


def _conflicts(found: Preview) -> list[dict[str, Any]]:
    return [
        {"key": field.key, "row": one.row.number, "ref": one.risk.ref, "field": field.name}
        | {"was": field.was, "stored": field.stored, "file": field.brought}
        for one in found.conflicts
        if one.risk
        for field in one.conflicts
    ]


def _refuse_unknown(found: Preview, take: set[str]) -> None:
    """Raises:
    ValidationError: a choice names nothing of the preview.
    """
    if unknown := take - {one["key"] for one in _conflicts(found)}:
        said = [f"There is no conflict {key}." for key in sorted(unknown)]
        raise ValidationError({"take": said})


def _tag(upload: RiskUpload, found: Preview) -> str:
    """What a preview says is its own version."""
    return f'"{upload.pk}-{fingerprint(found)}"'


def _told(upload: RiskUpload, *, code: int = 200) -> Response:
    data = dict(shown.RiskImportSerializer(upload).data) | {"counts": None}
    if upload.applied_at:
        return Response(data, code)
    found = _preview(upload)
    data["counts"] = shown.RiskImportCountsSerializer(found).data
    return Response(data, code, headers={"ETag": _tag(upload, found)})
