from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "icp.accounts"
    label = "accounts"
