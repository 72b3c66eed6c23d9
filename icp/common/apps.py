from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "icp.common"
    label = "common"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from icp.common.grants import grant_to_application

        post_migrate.connect(grant_to_application, sender=self)
        autodiscover_modules("forgetting")
