"""What every page must pass in a real browser: no axe violation, and no sideways scroll at 320 px.

from tests.functional.axe import assert_accessible, assert_fits
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as Elapsed

WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCRIPT = Axe().axe_script
# In words, and in the browser: the whole of what axe finds takes as long to bring over as to find.
BROKEN = """
options => axe.run(document, options).then(found => found.violations.flatMap(
    broken => broken.nodes.map(node => `${broken.id} (${broken.help}): ${node.html.slice(0, 200)}`)
))
"""
# Of what a page passes, axe would describe every part.
OPTIONS = {"runOnly": {"type": "tag", "values": WCAG_2_2_AA}, "resultTypes": ["violations"]}


def assert_accessible(page: Page) -> None:
    """Fail with each rule broken, and where, when axe finds any breach of WCAG 2.2 AA.

    A click waits until the next page has begun, which may still be without anything to look at. Where many
    pages are looked at, the window has axe from its start (``context.add_init_script(SCRIPT)``).
    """
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    broken = page.evaluate(BROKEN, OPTIONS)
    assert not broken, f"axe on {page.url}:\n" + "\n".join(broken)


def assert_fits(page: Page, width: int = 320) -> None:
    """Fail when the page is wider than a window of ``width`` px; the window's size is put back.

    The design system folds its menu in a frame of its own after the window's size has changed, so the
    page gets a moment to settle.
    """
    page.wait_for_load_state()
    before = page.viewport_size
    stands = before is not None and before["width"] == width
    if not stands:
        page.set_viewport_size({"width": width, "height": 640})
    try:
        page.wait_for_function(
            "width => document.scrollingElement.scrollWidth <= width", arg=width, timeout=3000
        )
    except Elapsed:
        needed = page.evaluate("document.scrollingElement.scrollWidth")
        raise AssertionError(f"{page.url} needs {needed} px in a window of {width} px.") from None
    finally:
        if before and not stands:
            page.set_viewport_size(before)
