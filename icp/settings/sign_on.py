"""Single sign-on by OpenID Connect, from the environment. Without ``OIDC_ISSUER`` there is none."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

PROVIDER = "sso"


@dataclass(frozen=True)
class SingleSignOn:
    """What the portal makes of a provider's word. ``name`` is on the button; empty when there is none.

    ``second_factor`` is ``portal`` (asked here too), ``claim`` (not asked when the signed token says that the
    provider did) or ``provider`` (never asked here). Addresses in ``domains`` count as proven although the
    provider does not say so.
    """

    name: str = ""
    second_factor: str = "portal"
    domains: frozenset[str] = frozenset()


def single_sign_on_rules(environment: Mapping[str, str]) -> SingleSignOn:
    """The rules from ``OIDC_NAME``, ``OIDC_SECOND_FACTOR`` and ``OIDC_TRUSTED_DOMAINS``.

    Raises:
        ImproperlyConfigured: a word that means nothing.
    """
    if not environment.get("OIDC_ISSUER"):
        return SingleSignOn()
    second_factor = environment.get("OIDC_SECOND_FACTOR") or "portal"
    if second_factor not in {"portal", "claim", "provider"}:
        raise ImproperlyConfigured("OIDC_SECOND_FACTOR must be portal, claim or provider.")
    domains = environment.get("OIDC_TRUSTED_DOMAINS", "").lower().split(",")
    return SingleSignOn(
        name=environment.get("OIDC_NAME") or "your organisation",
        second_factor=second_factor,
        domains=frozenset(one.strip().lstrip("@") for one in domains if one.strip()),
    )


def single_sign_on_from(environment: Mapping[str, str]) -> dict[str, object]:
    """allauth's ``SOCIALACCOUNT_PROVIDERS`` from ``OIDC_ISSUER``, ``OIDC_CLIENT_ID`` and ``OIDC_CLIENT_SECRET``.

    Raises:
        ImproperlyConfigured: one of the three is missing while another is set.
    """
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    given = [environment.get(name, "") for name in names]
    if not any(given):
        return {"openid_connect": {"APPS": []}}
    if not all(given):
        missing = " and ".join(name for name, value in zip(names, given, strict=True) if not value)
        raise ImproperlyConfigured(f"Single sign-on lacks {missing}: see docs/production.md.")
    issuer, client, secret = given
    app = {
        "provider_id": PROVIDER,
        "name": single_sign_on_rules(environment).name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer.rstrip("/"), "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
