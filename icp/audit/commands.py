"""``manage.py``'s commands record what they change under their own name."""

from django.core.management import ManagementUtility
from django.core.management.base import BaseCommand


class RecordingUtility(ManagementUtility):
    """Django's own, but whatever a command changes is recorded as that command's, Django's commands included."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        from icp.audit.models import Way
        from icp.audit.recording import recorded

        command = super().fetch_command(subcommand)
        # On this one command that is about to run: it is nobody else's.
        command.execute = recorded(way=Way.COMMAND, via=subcommand)(command.execute)  # type: ignore[method-assign]
        return command
