from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"

    def ready(self) -> None:
        from boards.history import register_reports
        from boards.receivers import build_reports_of
        from programmes.signals import period_closed

        register_reports()
        period_closed.connect(build_reports_of, dispatch_uid="boards.build_reports")
