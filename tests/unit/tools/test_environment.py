"""What pip was told of where packages come from, uv is told too."""

from tools.environment import for_uv


def test_what_pip_conf_says_of_places_is_said_to_uv():
    said = (
        "global.cert='/etc/ssl/own.pem'\n"
        "global.constraint='/etc/constraints.txt'\n"
        "global.extra-index-url='\\nhttps://one.example/simple\\nhttps://two.example/simple'\n"
        "global.find-links='/opt/wheels /opt/more'\n"
    )
    assert for_uv(said) == {
        "SSL_CERT_FILE": "/etc/ssl/own.pem",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "UV_FIND_LINKS": "/opt/wheels,/opt/more",
    }


def test_the_last_that_counts_for_an_installation_is_said():
    said = (
        "global.index-url='https://one.example/simple'\n"
        "download.index-url='https://two.example/simple'\n"
        ":env:.index-url='https://three.example/simple'\n"
    )
    assert for_uv(said) == {"UV_DEFAULT_INDEX": "https://three.example/simple"}


def test_nothing_said_is_nothing_set():
    assert for_uv("") == {}
