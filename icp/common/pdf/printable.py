"""Text as the PDF's typefaces can print it.

The exporter refuses a whole document for one character that no typeface has, so such a character becomes
REPLACEMENT before it gets there, and the document says so at its end. The record itself is never changed.
"""

import re

from icp.common.tabular.marks import tidy

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LONGEST_RUN, PIECE = 40, 20
BREAK = "\N{ZERO WIDTH SPACE}"

# What Liberation Sans 2.1.5 (beside this file) and DejaVu Sans Mono (inside typst) have between them, upright and
# bold, in hexadecimal ranges. A test prints every one of them.
COVERED = """
20-7e a0-ac ae-36f 374-377 37a-37f 384-38a 38c 38e-3a1 3a3-3ce 3d0-513 51a-51d 531-556 559-55f
561-587 589-58a 591-5c7 5d0-5ea 5f0-5f4 606-607 609-60a 60c 615 61b 61f 621-63a 640-655 65a
660-66d 674 679-67b 67e-680 683-684 686-687 691 698 6a4 6a9 6af 6be 6cc 6f0-6f9 e3f e81-e82 e84
e87-e88 e8a e8d e94-e97 e99-e9f ea1-ea3 ea5 ea7 eaa-eab ead-eb9 ebb-ebc ec8-ecd 10d0-10fc
1d00-1dca 1dfe-1e9b 1e9e-1ef9 1f00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d
1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe 2000-200a
2010-2023 2026 202f-2037 2039-203a 203c-203f 2044-2049 204b 205e-205f 2070-2071 2074-208e
2090-209c 20a0-20b5 20b8-20ba 20bd 20bf 20f0 2102 2105 210d-210f 2113 2115-2117 2119-211a 211d
2122 2124 2126 212a-212b 212e 2148 214d-214e 2150-2151 2153-215f 2184 2189 2190-2213 2215
2217-2220 2223 2227-222d 2234-223d 2241-2269 226d-228b 228d-22a5 22b2-22b5 22b8 22c2-22c6
22cd-22d1 22da-22e9 22ef 2300-2306 2308-2315 2318-2319 231c-2321 2325-2328 232b 2335-237a 237d
2380-2383 2388-238b 2395 239b-23ae 23ce-23cf 2423 2500-262f 2638-268b 2690-269c 26a0-26a1
26b0-26b1 2701-2704 2706-2709 270c-2727 2729-274b 274d 274f-2752 2756 2758-275e 2761-2775 2794
2798-27af 27b1-27be 27c2 27c5-27c6 27dc 27e0 27e6-27eb 27f5-27f7 2987-2988 2997-2998 29eb
29fa-29fb 2a00 2a2f 2a6a-2a6b 2b05-2b0d 2b12-2b1a 2c60-2c77 2c79-2c7a 2c7c-2c7f 2e17-2e18 2e1f
2e22-2e25 2e2e a708-a727 a788-a78e a790-a791 a7aa a7f8-a7f9 fb01-fb02 fb1d-fb36 fb38-fb3c fb3e
fb40-fb41 fb43-fb44 fb46-fb4f fb52-fb81 fb8a-fb95 fb9e-fb9f fbaa-fbad fbe8-fbe9 fbfc-fbff
fe20-fe23 fe70-fe74 fe76-fefc fffc-fffd 1d55a
"""


def _as_class(ranges: str) -> str:
    """Hexadecimal ranges as the inside of a regular expression's class."""
    ends = (each.split("-") for each in ranges.split())
    return "".join(
        f"{re.escape(chr(int(end[0], 16)))}-{re.escape(chr(int(end[-1], 16)))}" for end in ends
    )


# Joiners and marks of direction are allowed; overrides of direction are not: they would turn their neighbours round.
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
LINES = re.compile("[\x85\u2028\u2029]")
UNPRINTABLE = re.compile(f"[^\n\t\u200b-\u200f{_as_class(COVERED)}]")
LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")


def printable(text: str) -> str:
    """``text`` without what cannot be seen, with REPLACEMENT for what cannot be printed.

    A run without a space, as a web address may be, gets places where its line may break.
    """
    return LONG_RUN.sub(_with_breaks, covered(text))


def covered(text: str) -> str:
    """As :func:`printable`, without places to break: for what is no prose."""
    text = INVISIBLE.sub("", LINES.sub("\n", tidy(text)))
    return UNPRINTABLE.sub(REPLACEMENT, text)


def _with_breaks(run: re.Match[str]) -> str:
    text = run[0]
    return BREAK.join(text[at : at + PIECE] for at in range(0, len(text), PIECE))
