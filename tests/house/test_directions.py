"""Relations between models run the same way as imports: string foreign keys and reverse names escape the linter."""

import ast
from pathlib import Path

from django.apps import apps
from django.conf import settings

FLOORS = {
    "common": 0,
    "audit": 0,
    "accounts": 1,
    "programmes": 2,
    "risks": 3,
    "finance": 3,
    "outcomes": 3,
    "boards": 4,
}


def relations():
    """(model, field) of each relation between tables of the portal's own apps."""
    for label in FLOORS:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.get_fields():
                related = field.related_model if field.is_relation and field.concrete else None
                if related and related._meta.app_label in FLOORS:
                    yield model, field


def test_a_table_refers_only_to_its_own_floor_or_one_below():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model, field in relations()
        if (here := model._meta.app_label) != (there := field.related_model._meta.app_label)
        and FLOORS[there] >= FLOORS[here]
    ]
    assert not wrong


def test_no_room_reads_a_table_of_a_higher_floor_through_a_reverse_name():
    upward: dict[str, set[str]] = {}
    for model, field in relations():
        there, name = field.related_model._meta.app_label, field.remote_field.get_accessor_name()
        if name and FLOORS[model._meta.app_label] > FLOORS[there]:
            upward.setdefault(there, set()).add(name)
    wrong = [
        f"{path.relative_to(settings.BASE_DIR)}:{node.lineno} .{node.attr}"
        for label, names in upward.items()
        for path in Path(apps.get_app_config(label).path).rglob("*.py")
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in names
    ]
    assert not wrong
