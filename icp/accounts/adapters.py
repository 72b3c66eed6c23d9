from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Nobody registers themselves: the programme office invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
