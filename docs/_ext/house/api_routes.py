"""The routes of the API, from its OpenAPI description."""

from __future__ import annotations

from typing import Any

from house.markdown import code, plain, table


def schema() -> dict[str, Any]:
    """The OpenAPI description that the desk serves."""
    from clarion.desk.setup import django_ready

    django_ready()
    from clarion.desk.api import api

    described: dict[str, Any] = api.get_openapi_schema()
    return described


def write(_: str) -> str:
    rows = []
    for path, methods in sorted(schema()["paths"].items()):
        for method, described in methods.items():
            given = ", ".join(code(p["name"]) for p in described.get("parameters", []))
            body = ", a JSON body" if "requestBody" in described else ""
            rows.append(
                (code(f"{method.upper()} {path}"), plain(described.get("summary", "")), (given + body).lstrip(", "))
            )
    return table(("route", "what it answers", "takes"), rows)
