from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from icp.operations.who import keys_of, person_of


class Command(BaseCommand):
    help = (
        "Say whose key it is that a line of the log has, or which keys the lines of a person have."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("word", help="a key from the log, or an e-mail address")

    def handle(self, *args: Any, word: str, **options: Any) -> None:
        self.stdout.write("\n".join(_keys(word)) if "@" in word else _person(word))


def _keys(email: str) -> list[str]:
    user = get_user_model()._default_manager.filter(email__iexact=email.strip()).first()
    if user is None:
        raise CommandError(f"No account has the address {email}.")
    return keys_of(user.pk)


def _person(key: str) -> str:
    user = person_of(key.strip().lower())
    if user is None:
        raise CommandError(
            "Nobody has this key. If SECRET_KEY was changed since, the old one must be in SECRET_KEY_OLD."
        )
    return f"{user} ({user.get_username()})"
