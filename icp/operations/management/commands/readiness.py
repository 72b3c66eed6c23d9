from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from icp.operations.health import CHECKS, readiness


class Command(BaseCommand):
    help = "Say which part of the portal is well; the exit code is 1 when one is not."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("parts", nargs="*", choices=[[], *CHECKS], help="only these parts")

    def handle(self, *args: Any, parts: list[str], **options: Any) -> None:
        findings = readiness(parts or None)
        for one in findings:
            self.stdout.write(f"{one.part}: {'ok' if one.is_well else 'not ok'}. {one.words}")
        if not all(one.is_well for one in findings):
            raise SystemExit(1)
