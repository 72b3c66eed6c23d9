"""Idempotency-Key: a program that does not know whether its request arrived sends it again, and it is done once."""

import json
import re
from collections.abc import Callable
from hashlib import sha256

from django.db import connection, transaction
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from finance.models import PostedOnce
from icp.common import clock
from icp.common.checksums import canonical_json

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,200}")
IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description=(
        "Any word of your own, 200 letters at most, without spaces; kept for 30 days. The same key with the same "
        "body gives the first answer again (`Idempotency-Replayed: true`) and writes nothing; with another "
        "body, or at another address, 422. What was refused is not kept: try again with the same key."
    ),
)


def answered_once(request: Request, do: Callable[[], Response]) -> Response:
    """``do()``, or the answer that the same request had under its key already.

    Raises:
        ValidationError: the key cannot be used.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return do()
    if not KEY.fullmatch(key):
        words = "Send 1 to 200 letters, figures or signs, without spaces."
        raise ValidationError({HEADER: [words]})
    digest = _digest(request)
    user: int = request.user.pk  # type: ignore[assignment]
    with transaction.atomic():
        _take_turns(request, key)
        found = PostedOnce.objects.filter(user_id=user, key=key).first()
        if found is not None:
            return _again(found, digest)
        answer = do()
        if answer.status_code < 300:
            # As it goes out: JSON, so that an answer given again says the same to the letter.
            PostedOnce.objects.create(
                user_id=user,
                key=key,
                sha256=digest,
                status=answer.status_code,
                answer=_as_sent(answer),
                etag=answer.headers.get("ETag", ""),
                made_at=clock.now(),
            )
    return answer


def _again(found: PostedOnce, digest: str) -> Response:
    if found.sha256 != digest:
        detail = f"{HEADER} was sent before with another request: use a new key for a new one."
        return Response({"detail": detail, "errors": {HEADER: [detail]}}, status=422)
    headers = {"Idempotency-Replayed": "true"} | ({"ETag": found.etag} if found.etag else {})
    return Response(found.answer, status=found.status, headers=headers)


def _digest(request: Request) -> str:
    said = canonical_json({"body": request.data})
    return sha256(f"{request.method} {request.path} ".encode() + said).hexdigest()


def _as_sent(answer: Response) -> object:
    return json.loads(JSONRenderer().render(answer.data))


def _take_turns(request: Request, key: str) -> None:
    """Two requests with one key wait for each other, so that the second finds what the first did."""
    name = f"{request.user.pk} {key}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
