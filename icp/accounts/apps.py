from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "icp.accounts"
    label = "accounts"

    def ready(self) -> None:
        from icp.accounts.receivers import note_sign_in

        # Ours in place of Django's, whose clock is never the demonstration's.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(note_sign_in, dispatch_uid="accounts.note_sign_in")
