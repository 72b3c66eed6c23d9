"""Signing in to the API: a token for an e-mail address and a password."""

from typing import Any

from django.contrib.auth import authenticate
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.authtoken.models import Token
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from icp.common.api import Body, KnownParameters, NoBody


class SignInSerializer(Body):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=4096, trim_whitespace=False)


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField()


class TokenView(KnownParameters, APIView):
    """Trade an e-mail address and a password for a token, or give the token up."""

    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "token"

    def get_permissions(self) -> list[Any]:
        return [AllowAny()] if self.request.method == "POST" else [*super().get_permissions()]

    @extend_schema(
        request=SignInSerializer,
        responses={
            200: TokenSerializer,
            401: OpenApiResponse(description="No account answers to these."),
        },
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Send the token afterwards as ``Authorization: Token …``."""
        asked = SignInSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user = authenticate(request._request, **asked.validated_data)
        if user is None:
            return Response(
                {
                    "detail": "No account answers to this e-mail address and password.",
                    "errors": {},
                },
                status=status.HTTP_401_UNAUTHORIZED,
                headers={"WWW-Authenticate": "Token"},
            )
        token, _ = Token.objects.get_or_create(user=user)
        return Response(TokenSerializer({"token": token.key}).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Give your token up: it stops working at once."""
        NoBody(data=request.data).is_valid(raise_exception=True)
        Token.objects.filter(user=request.user).delete()  # type: ignore[misc]
        return Response(status=status.HTTP_204_NO_CONTENT)
