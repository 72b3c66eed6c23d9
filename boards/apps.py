from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"

    def ready(self) -> None:
        from boards.history import register_reports
        from boards.receivers import build_reports_of
        from boards.risk_lines import money_lines
        from programmes.signals import period_closed
        from risks.lines_of_money import register_lines

        register_reports()
        register_lines(money_lines)
        period_closed.connect(build_reports_of, dispatch_uid="boards.build_reports")
