import logging

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from icp.operations.health import readiness
from icp.operations.scrape import exposition
from icp.operations.visitors import is_monitoring

log = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. Asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready (200) or not (503); monitoring is told which part, in a sentence."""
    findings = readiness()
    is_ready = all(one.is_well for one in findings)
    if not is_ready:
        log.warning("Not ready: %s", ", ".join(one.part for one in findings if not one.is_well))
    answer: dict[str, object] = {"status": "ok" if is_ready else "not ok"}
    if is_monitoring(request):
        answer["parts"] = {
            one.part: {"status": "ok" if one.is_well else "not ok", "words": one.words}
            for one in findings
        }
    return JsonResponse(answer, status=200 if is_ready else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus's figures, for monitoring; for everybody else there is no such page."""
    if not is_monitoring(request):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
