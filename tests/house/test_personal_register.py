"""Every field that can hold words is in the register of personal data, or said to hold none."""

from pathlib import Path

from django.conf import settings

from programmes.personal import page
from programmes.personal.models import labels
from programmes.personal.register import FREE_TEXT, NOT_PERSONAL, PERSONAL

DOCUMENT = Path(settings.BASE_DIR) / "docs/data-protection.md"
SETTINGS = ("KEEP_MAIL_DAYS", "KEEP_UPLOADED_FILES_DAYS", "KEEP_SIGN_INS_DAYS")


def test_every_field_of_words_is_judged_once():
    judged = [*PERSONAL, *FREE_TEXT, *NOT_PERSONAL]
    assert len(judged) == len(set(judged))
    found = set(labels())
    assert found - set(judged) == set(), "Say in programmes/personal/register.py what these hold."
    assert set(judged) - found == set(), "These are in the register, and in no model."


def test_the_note_names_every_one_of_them():
    text = DOCUMENT.read_text()
    made = text[text.index(page.START) : text.index(page.END) + len(page.END)]
    assert made == page.as_markdown(), "Run: .venv/bin/python -m tests.personal_register"


def test_the_note_gives_the_days_that_the_settings_have():
    text = DOCUMENT.read_text()
    for name in SETTINGS:
        assert f"| `{name}` | {getattr(settings, name)} |" in text
