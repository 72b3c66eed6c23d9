from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self) -> None:
        from icp.common.demo_views import clock_moved
        from programmes.receivers import turn_every_place

        clock_moved.connect(turn_every_place, dispatch_uid="programmes.turn_every_place")
