"""The register for programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from clarion.desk.page import actor
from clarion.release.store import checks, reader
from clarion.release.store.models import Registered

router = Router()
Data = dict[str, Any]


class Pages(LimitOffsetPagination):
    """``limit`` rows from ``offset`` on; at most 1,000 a page."""

    class Input(Schema):
        limit: int = Field(100, ge=1, le=1000)
        offset: int = Field(0, ge=0, le=1_000_000)


@router.get("", response=list[Data], summary="The releases that left, newest first")
@paginate(Pages)
def list_releases(request: HttpRequest) -> list[Data]:
    return [reader.summary(row) for row in reader.index(actor(request))]


@router.get("/{programme}/{name}", response=Data, summary="One release: what an attacker learns, and how sure")
def get_release(request: HttpRequest, programme: str, name: str) -> Data:
    row = reader.get(actor(request), programme, name)
    return reader.summary(row) | {
        "spec": row.spec, "groups": row.learned, "files": reader.file_names(row), "assumes": row.answer["assumes"],
        "does_not_cover": row.answer["does_not_cover"], "check": _check(row),
        "gaps": row.answer["gaps"], "amounts": row.answer.get("amounts"),
    }  # fmt: skip


@router.get("/{programme}/{name}/files/{file}", summary="One of its files, byte for byte")
def get_release_file(request: HttpRequest, programme: str, name: str, file: str) -> HttpResponse:
    content = reader.file(reader.get(actor(request), programme, name), file)
    kind = "application/json" if file.endswith(".json") else "text/csv; charset=utf-8"
    return HttpResponse(content, content_type=kind)


@router.post("/{programme}/{name}/check", response={202: Data}, summary="Check its certificate again")
def check_release(request: HttpRequest, programme: str, name: str) -> Status[Data]:
    row = reader.get(actor(request), programme, name)
    checks.start(actor(request), row)
    return Status(202, _check(row) or {})


def _check(row: Registered) -> Data | None:
    found = checks.latest(row)
    if found is None:
        return None
    return {
        "status": found.status, "progress": found.progress, "certified": found.certified if found.ended else None,
        "error": found.error, "finished_at": found.finished_at.isoformat() if found.finished_at else None,
    }  # fmt: skip
