"""What was changed in the files of others, and what our own pages must never hold."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TEXT = {".css", ".js", ".svg", ".html"}


def served_text():
    return [path for path in STATIC.rglob("*") if path.suffix in TEXT]


def test_no_style_sheet_fetches_anything_from_another_host():
    for path in STATIC.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", path.read_text()), path


def test_the_licensed_font_is_neither_loaded_nor_named():
    for path in served_text():
        assert "frutiger" not in path.read_text().lower(), path


def test_no_logo_of_the_nhs_and_no_claim_to_be_nhs_england():
    for path in [*served_text(), *TEMPLATES]:
        text = path.read_text()
        assert "M200 0v80H0V0h200Z" not in text, path
        assert "© NHS England" not in text, path


@pytest.mark.parametrize("folder", sorted((STATIC / "vendor").iterdir()), ids=lambda p: p.name)
def test_what_is_vendored_carries_its_version_and_its_licence(folder):
    assert re.search(r"-\d+\.\d+\.\d+$", folder.name)
    assert (folder / "LICENSE.txt").read_text().strip()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_template_writes_an_inline_script_or_style(path):
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "inline script"
    assert not re.search(r"<style|\sstyle\s*=", text), "inline style"
    assert not re.search(r"\son(click|change|submit|load|input|keyup|keydown)\s*=", text)


def test_static_files_are_collected_for_production(tmp_path):
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=str(tmp_path)):
        call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
