from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "icp.operations"
    label = "operations"

    def ready(self) -> None:
        from icp.operations import signals

        signals.connect()
