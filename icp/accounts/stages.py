"""The second step of signing in."""

from typing import Any

from allauth.mfa.stages import AuthenticateStage

from icp.accounts.sso import provider_asked


class SecondStep(AuthenticateStage):
    """Asked of everybody who has a second factor, unless their provider's word for it is taken (docs/adr/0009)."""

    def handle(self) -> tuple[Any, bool]:
        login = (self.login.signal_kwargs or {}).get("sociallogin")
        if login is not None and provider_asked(login):
            return None, True
        answer: tuple[Any, bool] = super().handle()
        return answer
