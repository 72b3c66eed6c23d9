from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "icp.accounts"
    label = "accounts"

    def ready(self) -> None:
        from icp.accounts import checks, receivers  # noqa: F401

        receivers.connect()
