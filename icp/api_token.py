"""Signing in to the API: a token for an e-mail address and a password, and a code where there is a second factor."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import RateLimited
from django.core.exceptions import ValidationError
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from icp.accounts.api_tokens import TooManyTokens, make_token, revoke_token
from icp.accounts.brakes import ApiBrake, TooOften
from icp.accounts.forms import SecondStepForm
from icp.accounts.middleware import SET_UP_FIRST
from icp.accounts.models import ApiToken, User
from icp.accounts.second_factor import has_second_factor, must_set_one_up
from icp.common import clock
from icp.common.api import Body, KnownParameters, NoBody

NO_ACCOUNT = "No account answers to this e-mail address and password."
CODE_NEEDED = (
    "This account has a second factor: send a code of its app, or a recovery code, as “code”; "
    "or make a token in the portal, under Your account."
)


class SignInSerializer(Body):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=4096, trim_whitespace=False)
    code = serializers.CharField(
        max_length=20, required=False, help_text="Needed by accounts with a second factor."
    )
    name = serializers.CharField(
        max_length=100, default="Made by the API", help_text="What the token is for."
    )


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField()


class AsMany(exceptions.APIException):
    """There are as many tokens as a person may have."""

    status_code = status.HTTP_409_CONFLICT


class TokenView(KnownParameters, APIView):
    """Trade an e-mail address and a password for a token, or give the token up."""

    throttle_classes = (ScopedRateThrottle, ApiBrake)
    throttle_scope = "token"

    def get_permissions(self) -> list[Any]:
        return [AllowAny()] if self.request.method == "POST" else [*super().get_permissions()]

    @extend_schema(
        request=SignInSerializer,
        responses={
            200: TokenSerializer,
            401: OpenApiResponse(description="No account answers to these, or a code is needed."),
            403: OpenApiResponse(description="A second factor must be set up first."),
            409: OpenApiResponse(description="There are as many tokens as a person may have."),
            429: OpenApiResponse(description="Too many sign-ins have failed: wait."),
        },
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Send the token afterwards as ``Authorization: Token …``."""
        asked = SignInSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        user = _person(request, email=told["email"], password=told["password"])
        if has_second_factor(user):
            _check_code(user, told.get("code", ""))
        elif must_set_one_up(user):
            raise exceptions.PermissionDenied(SET_UP_FIRST)
        try:
            made = make_token(
                user=user, name=told["name"], at=clock.now(), request=request._request
            )
        except TooManyTokens as refused:
            raise AsMany(str(refused)) from None
        return Response(TokenSerializer({"token": made.key}).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Give up the token that this request carries: it stops working at once."""
        NoBody(data=request.data).is_valid(raise_exception=True)
        if isinstance(request.auth, ApiToken):
            revoke_token(token=request.auth, request=request._request)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def handle_exception(self, exc: Exception) -> Response:
        answer: Response = super().handle_exception(exc)
        if answer.status_code == status.HTTP_401_UNAUTHORIZED:
            answer.headers["WWW-Authenticate"] = "Token"
        return answer


def _person(request: Request, *, email: str, password: str) -> User:
    """Whoever these belong to; counted and slowed down like the sign-in page."""
    try:
        user = get_adapter().authenticate(request._request, email=email, password=password)
    except ValidationError as refused:
        error = refused.error_list[0]
        wait = int((error.params or {}).get("seconds", 60))
        raise TooOften(" ".join(refused.messages), wait=wait) from None
    if user is None or not user.is_active:
        raise exceptions.AuthenticationFailed(NO_ACCOUNT)
    return user


def _check_code(user: User, code: str) -> None:
    if not code:
        raise exceptions.AuthenticationFailed(CODE_NEEDED)
    form = SecondStepForm(user=user, data={"code": code})
    try:
        is_good = form.is_valid()
    except RateLimited:
        raise TooOften("Too many codes were wrong. Wait five minutes.", wait=300) from None
    if not is_good:
        error = form.errors.as_data()["code"][0]
        sentence = " ".join(error.messages)
        if error.code == "too_many_login_attempts":
            raise TooOften(sentence, wait=300)
        raise exceptions.AuthenticationFailed(sentence)
    form.authenticator.record_usage()
