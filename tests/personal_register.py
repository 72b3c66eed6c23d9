"""``python -m tests.personal_register`` writes the register of personal data into docs/data-protection.md."""

import os
from pathlib import Path

DOCUMENT = Path("docs/data-protection.md")


def write() -> None:
    import django

    django.setup()
    from programmes.personal import page

    text = DOCUMENT.read_text()
    start, end = text.index(page.START), text.index(page.END) + len(page.END)
    DOCUMENT.write_text(text[:start] + page.as_markdown() + text[end:])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "icp.settings.test")
    write()
