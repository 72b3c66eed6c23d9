from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "risks"

    def ready(self) -> None:
        from icp.common.demo_views import clock_moved
        from programmes.signals import period_closed
        from risks.history import register_risks
        from risks.receivers import freeze_with_period, remind_on

        register_risks()
        period_closed.connect(freeze_with_period, dispatch_uid="risks.freeze_with_period")
        clock_moved.connect(remind_on, dispatch_uid="risks.remind_on")
