"""The production files: one image, two roles, and nothing that starts with a default secret."""

import re
import stat

import pytest
import yaml

from icp.embedded.addresses import APPLICATION, OWNER
from icp.embedded.places import REPOSITORY

PORTAL = ("migrate", "web", "worker", "beat")
SECRET_WORDS = ("PASSWORD", "SECRET", "KEY", "URL", "TOKEN")
# May be empty: where the mail server asks for none, and what need not be used at all. How long tokens last is no secret.
OPTIONAL = {
    "API_TOKEN_DAYS",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_HOST_USER",
    "OIDC_CLIENT_SECRET",
    "OPERATIONS_TOKEN",
    "SECRET_KEY_OLD",
    "STOLEN_PASSWORDS_FILE",
}


@pytest.fixture(scope="module")
def text() -> str:
    return (REPOSITORY / "docker-compose.yml").read_text()


@pytest.fixture(scope="module")
def compose(text) -> dict:
    return yaml.safe_load(text)


@pytest.fixture(scope="module")
def services(compose) -> dict:
    return compose["services"]


def variables(text: str) -> dict[str, set[str]]:
    """What follows the name in each ``${NAME...}``, by name. ``$$`` is a dollar for the container."""
    found: dict[str, set[str]] = {}
    for name, rest in re.findall(r"(?<!\$)\$\{(\w+)([^}]*)\}", text):
        found.setdefault(name, set()).add(rest)
    return found


def test_every_secret_must_be_given(text):
    for name, endings in variables(text).items():
        if any(word in name for word in SECRET_WORDS) and name not in OPTIONAL:
            assert all(ending.startswith(":?set it to ") for ending in endings), name


def test_a_default_never_stands_in_for_a_secret(text):
    defaults = {
        name: ending
        for name, endings in variables(text).items()
        for ending in endings
        if ending.startswith(":-")
    }
    assert defaults == {
        "PORTAL_IMAGE": ":-integrated-care-portal:local",
        "EMAIL_PORT": ":-587",
        "API_TOKEN_DAYS": ":-90",
        "INVITATION_DAYS": ":-14",
        "KEEP_MAIL_DAYS": ":-90",
        "KEEP_UPLOADED_FILES_DAYS": ":-90",
        "KEEP_SIGN_INS_DAYS": ":-365",
        "EMAIL_USE_TLS": ":-yes",
        "EMAIL_HOST_USER": ":-",
        "EMAIL_HOST_PASSWORD": ":-",
        "OPERATIONS_TOKEN": ":-",
        "OPERATIONS_NETWORKS": ":-127.0.0.0/8,::1/128",
        "READY_NEEDS": ":-database,migrations,broker,timer,queue",
        "SECRET_KEY_OLD": ":-",
        "SECOND_FACTOR_REQUIRED": ":-yes",
        "LIMITS_A_MINUTE": ":-",
        "UPLOAD_MAX_SECONDS": ":-30",
        "STOLEN_PASSWORDS_FILE": ":-/dev/null",
        "SESSION_IDLE_MINUTES": ":-60",
        "SESSION_HOURS": ":-12",
        "TRUSTED_PROXIES": ":-1",
        "OIDC_ISSUER": ":-",
        "OIDC_CLIENT_ID": ":-",
        "OIDC_CLIENT_SECRET": ":-",
        "OIDC_NAME": ":-",
        "OIDC_TRUSTED_DOMAINS": ":-",
        "OIDC_SECOND_FACTOR": ":-portal",
        "HTTP_PORT": ":-80",
        "HTTPS_PORT": ":-443",
    }


def test_the_example_names_every_variable_and_no_secret(text):
    lines = (REPOSITORY / ".env.example").read_text().splitlines()
    given = dict(
        line.lstrip("# ").split("=", 1) for line in lines if re.match(r"^(# )?[A-Z_]+=", line)
    )
    assert set(given) == set(variables(text)) - {"PORTAL_IMAGE"}
    assert {name for name, value in given.items() if value} == {
        "API_TOKEN_DAYS",
        "EMAIL_PORT",
        "EMAIL_USE_TLS",
        "HTTP_PORT",
        "HTTPS_PORT",
        "INVITATION_DAYS",
        "KEEP_MAIL_DAYS",
        "KEEP_SIGN_INS_DAYS",
        "KEEP_UPLOADED_FILES_DAYS",
        "LIMITS_A_MINUTE",
        "OIDC_SECOND_FACTOR",
        "OPERATIONS_NETWORKS",
        "READY_NEEDS",
        "SECOND_FACTOR_REQUIRED",
        "SESSION_HOURS",
        "SESSION_IDLE_MINUTES",
        "TRUSTED_PROXIES",
        "UPLOAD_MAX_SECONDS",
    }


def test_web_worker_timer_and_migration_are_one_image_that_is_built_once(services):
    assert len({services[name]["image"] for name in PORTAL}) == 1
    assert [name for name, service in services.items() if "build" in service] == ["migrate"]


def test_only_the_migration_knows_the_owner_of_the_tables(services):
    assert services["migrate"]["environment"]["ICP_DATABASE_ROLE"] == "owner"
    for name in ("web", "worker", "beat"):
        words = str(services[name]["environment"])
        assert f"{APPLICATION}:" in words
        assert "OWNER" not in words
        assert "SUPERUSER" not in words
        assert "ICP_DATABASE_ROLE" not in services[name]["environment"]


def test_nothing_serves_before_the_tables_are_made(services):
    for name in ("web", "worker", "beat"):
        condition = services[name]["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully"


def test_several_web_servers_and_workers_can_run_at_once(services):
    for name in ("web", "worker"):
        assert "container_name" not in services[name]
        assert "ports" not in services[name]
        assert all(volume.endswith(":ro") for volume in services[name]["volumes"])
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_database_broker_and_migration_are_out_of_reach_from_outside(compose, services):
    assert compose["networks"]["inside"]["internal"] is True
    for name in ("database", "broker", "migrate"):
        assert services[name]["networks"] == ["inside"]


def test_the_proxy_reaches_web_servers_and_nobody_else(services):
    (front,) = services["proxy"]["networks"]
    assert {name for name, service in services.items() if front in service["networks"]} == {
        "proxy",
        "web",
    }


def test_neither_log_nor_temporary_files_fill_the_machine(services):
    for service in services.values():
        assert service["logging"] == {"driver": "local"}
    for name in PORTAL:
        assert services[name]["tmpfs"] == ["/tmp:size=512m"]


def test_the_broker_is_started_by_the_program_that_lays_down_the_rights_of_root(services):
    assert services["broker"]["command"][-1].startswith("exec docker-entrypoint.sh valkey-server ")


def test_a_web_server_listens_only_when_it_can_answer():
    assert '"--preload"' in (REPOSITORY / "Dockerfile").read_text()


def test_words_sort_as_in_the_demonstration(services):
    words = services["database"]["environment"]["POSTGRES_INITDB_ARGS"]
    for option in ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"):
        assert option in words


def test_the_queue_outlives_the_broker(services):
    assert "--appendonly yes" in services["broker"]["command"][-1]
    assert services["broker"]["volumes"] == ["broker:/data"]


def test_the_portal_runs_without_rights_it_does_not_need(services):
    for name in PORTAL:
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    dockerfile = (REPOSITORY / "Dockerfile").read_text()
    assert re.search(r"^USER portal$", dockerfile, re.MULTILINE)
    assert "--require-hashes -r requirements.lock" in dockerfile


def test_the_script_that_makes_the_roles_can_be_run_and_uses_the_same_names():
    script = REPOSITORY / "deploy" / "roles.sh"
    assert script.stat().st_mode & stat.S_IXUSR
    for role in (OWNER, APPLICATION):
        assert f"CREATE ROLE {role} LOGIN PASSWORD" in script.read_text()
    assert "SUPERUSER" not in script.read_text()
