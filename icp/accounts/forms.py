"""The forms of allauth, where an account made by invitation needs another rule."""

from allauth.account import forms

from icp.accounts.models import User


class ResetPasswordForm(forms.ResetPasswordForm):
    """Who was only invited sets a password by the invitation, as long as it lasts, and in no other way."""

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        able = set(
            User.objects.able_to_sign_in()
            .filter(pk__in=[user.pk for user in self.users])
            .values_list("pk", flat=True)
        )
        self.users = [user for user in self.users if user.pk in able]
        return email
