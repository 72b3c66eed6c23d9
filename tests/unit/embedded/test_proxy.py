"""The proxy's settings: it answers to the portal's own names alone, and leads nowhere else."""

import re
import stat
import subprocess

import pytest

from icp.embedded.places import REPOSITORY

DEPLOY = REPOSITORY / "deploy"


@pytest.fixture(scope="module")
def filled_in() -> str:
    """The template as the proxy's image fills it in: only names that begin with PORTAL_ are replaced."""
    told = subprocess.run(
        ["sh", "-c", '. ./names.envsh; printf "%s\n%s" "$PORTAL_NAMES" "$PORTAL_ADDRESS"'],
        cwd=DEPLOY,
        env={
            "ALLOWED_HOSTS": "portal.example.org,.example.net",
            "PUBLIC_ADDRESS": "https://portal.example.org/",
            "PATH": "/usr/bin:/bin",
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    names, address = told.split("\n")
    text = (DEPLOY / "nginx.conf.template").read_text()
    return text.replace("${PORTAL_NAMES}", names).replace("${PORTAL_ADDRESS}", address)


@pytest.fixture(scope="module")
def servers(filled_in) -> list[str]:
    return re.findall(r"^server \{\n(.*?)^\}", filled_in, re.MULTILINE | re.DOTALL)


def test_whoever_is_led_to_https_is_led_to_the_portals_own_address(filled_in):
    assert re.findall(r"return 301 (\S+);", filled_in) == ["https://portal.example.org$request_uri"]
    assert "$host$request_uri" not in filled_in


def test_another_name_is_answered_by_a_server_that_refuses(servers):
    for port in ("80", "443 ssl"):
        (default,) = [one for one in servers if f"listen {port} default_server;" in one]
        assert "return 421;" in default
        assert "proxy_pass" not in default
        assert "301" not in default
        assert ("ssl_reject_handshake on;" in default) == (port != "80")


def test_every_other_server_has_the_portals_names(servers):
    others = [one for one in servers if "default_server" not in one]
    assert len(others) == 2
    for one in others:
        assert "server_name portal.example.org .example.net;" in one


def test_while_no_web_server_answers_a_page_says_what_to_do(servers):
    (encrypted,) = [one for one in servers if "proxy_pass" in one]
    assert "error_page 502 504 = @away;" in encrypted
    page = re.search(r"return 503 '(.+)';", encrypted).group(1)
    assert "Try again in a minute." in page
    assert "look whether it is there" in page


def test_the_image_reads_the_names_only_from_a_script_that_can_be_run():
    assert (DEPLOY / "names.envsh").stat().st_mode & stat.S_IXUSR
    compose = (REPOSITORY / "docker-compose.yml").read_text()
    assert "./deploy/names.envsh:/docker-entrypoint.d/10-names.envsh:ro" in compose
