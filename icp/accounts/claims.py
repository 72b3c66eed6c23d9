"""What an OpenID Connect provider says of somebody, and what the portal makes of it. Pure: no database, no request."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Claims:
    """``verified`` is the provider's word, or nothing when it says nothing."""

    email: str
    verified: bool | None
    second_factor: bool


def read_claims(data: Mapping[str, Any]) -> Claims:
    """From the answer of the provider: the ID token, and what it tells of the person besides.

    Whether there was a second factor stands only in the ID token, which comes over the provider's own connection.
    """
    token = _mapping(data.get("id_token"))
    told = {**token, **_mapping(data.get("userinfo"))}
    methods = token.get("amr")
    return Claims(
        email=str(told.get("email") or "").strip().lower(),
        verified=_yes_or_no(told.get("email_verified")),
        second_factor="mfa" in methods if isinstance(methods, list) else False,
    )


def is_proven(claims: Claims, *, domains: frozenset[str]) -> bool:
    """Whether the address is the person's: the provider says so, or says nothing and its domain is trusted."""
    if not claims.email or claims.verified is False:
        return False
    return claims.verified is True or claims.email.rpartition("@")[2] in domains


def counts_as_second_factor(claims: Claims, *, rule: str) -> bool:
    """By the rule ``portal``, ``claim`` or ``provider``."""
    return rule == "provider" or (rule == "claim" and claims.second_factor)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _yes_or_no(value: Any) -> bool | None:
    """Some providers write the words."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(str(value).lower()) if value is not None else None
