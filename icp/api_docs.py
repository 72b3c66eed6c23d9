"""The API's documentation as a page, drawn on the server from its OpenAPI schema."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


@login_required
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    schema = SchemaGenerator(api_version="v1").get_schema(request=None, public=True)
    return render(
        request,
        "api/docs.html",
        {
            "groups": _operations(schema),
            "components": _components(schema),
            "base": request.build_absolute_uri("/api/v1/"),
        },
    )


def _operations(schema: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Operations by the first part of their address, in the schema's order."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for address, operations in schema["paths"].items():
        name = address.removeprefix("/api/v1/").split("/")[0].replace("-", " ")
        for method in METHODS:
            if method in operations:
                groups.setdefault(name.capitalize(), []).append(
                    _operation(address, method, operations[method])
                )
    return groups


def _operation(address: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("application/json") or content.get("multipart/form-data") or {}
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "address": address,
        "says": operation.get("description", "").split("\n\n")[0],
        "parameters": [
            {
                "name": found["name"],
                "place": found["in"],
                "type": _type(found["schema"]),
                "required": found.get("required", False),
                "says": found.get("description", ""),
            }
            for found in operation.get("parameters", [])
        ],
        "body": _type(body["schema"]) if body else "",
        "answers": [
            {
                "code": code,
                "says": found.get("description", ""),
                "type": _type(
                    found.get("content", {}).get("application/json", {}).get("schema", {})
                ),
            }
            for code, found in operation["responses"].items()
        ],
    }


def _components(schema: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {
                "name": field,
                "type": _type(found),
                "required": field in component.get("required", []),
                "says": found.get("description", "").split("\n\n")[0],
            }
            for field, found in component["properties"].items()
        ]
        for name, component in schema["components"]["schemas"].items()
        if "properties" in component
    }


def _type(found: dict[str, Any]) -> str:
    """A schema's type in a word or two."""
    if "$ref" in found:
        return str(found["$ref"]).rpartition("/")[2]
    for key in ("allOf", "oneOf", "anyOf"):
        if key in found:
            words = [_type(option) for option in found[key]]
            return " or ".join(dict.fromkeys(word for word in words if word))
    if found.get("type") == "array":
        return f"list of {_type(found['items'])}"
    if "enum" in found:
        return "one of " + ", ".join(str(value) for value in found["enum"] if value)
    name = str(found.get("format") or found.get("type") or "")
    return f"{name} or null" if found.get("nullable") else name
