"""What is read and written of a risk by the API."""

from typing import Any

from rest_framework import serializers

from icp.common.api import Body
from risks.models import Proximity, RiskKind
from risks.models.settings import MOST_SCORE, MOST_STEPS


def _whole(most: int, **more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=most, **more
    )


def _step(help_text: str = "") -> serializers.IntegerField:
    return _whole(MOST_STEPS, help_text=help_text)


class RiskWriteSerializer(Body):
    """What may be written of a risk, checked as the page checks it. Dates in any usual British form, or ISO."""

    kind = serializers.ChoiceField(required=False, choices=RiskKind.choices)
    title = serializers.CharField(required=False, max_length=200)
    cause = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    event = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    consequence = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    owner = serializers.CharField(
        required=False, allow_null=True, max_length=200, help_text="The title of a post."
    )
    delegate = serializers.CharField(
        required=False, allow_null=True, max_length=200, help_text="The title of a post."
    )
    category = serializers.CharField(required=False, allow_null=True, max_length=80)
    organisation = serializers.CharField(
        required=False, allow_null=True, max_length=40, help_text="A partner's short name."
    )
    likelihood = _step("On the place's scale.")
    impact = _step("On the place's scale.")
    inherent_likelihood = _step()
    inherent_impact = _step()
    inherent = _whole(MOST_SCORE)
    target_likelihood = _step()
    target_impact = _step()
    target = _whole(MOST_SCORE)
    proximity = serializers.ChoiceField(required=False, allow_blank=True, choices=Proximity.choices)
    value = serializers.CharField(
        required=False, allow_null=True, max_length=40, help_text="Pounds, if it happens."
    )
    probability = serializers.CharField(
        required=False, allow_null=True, max_length=10, help_text="Percent."
    )
    raised_on = serializers.CharField(required=False, allow_null=True, max_length=40)
    review_on = serializers.CharField(required=False, allow_null=True, max_length=40)
    because = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=1000,
        help_text="Why; needed where the current score changes.",
    )


class RiskCreateSerializer(RiskWriteSerializer):
    """A new risk: in which place and register besides."""

    place = serializers.CharField(max_length=80, help_text="The place's short name in addresses.")
    programme = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=12,
        help_text="The code of the programme whose register it goes to; else that of the whole.",
    )
    title = serializers.CharField(max_length=200)


class RiskSerializer(serializers.Serializer[Any]):
    """A risk as it is read. Unknown is null; ``residual`` are the four quarters of the year, null where N/A."""

    id = serializers.IntegerField()
    place = serializers.CharField()
    ref = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.CharField()
    title = serializers.CharField()
    register = serializers.CharField()
    register_name = serializers.CharField()
    cause = serializers.CharField()
    event = serializers.CharField()
    consequence = serializers.CharField()
    owner = serializers.CharField(allow_null=True)
    delegate = serializers.CharField(allow_null=True)
    category = serializers.CharField(allow_null=True)
    organisation = serializers.CharField(allow_null=True)
    likelihood = serializers.IntegerField(allow_null=True)
    impact = serializers.IntegerField(allow_null=True)
    current = serializers.IntegerField(allow_null=True)
    printed_current = serializers.CharField(allow_null=True)
    inherent = serializers.IntegerField(allow_null=True)
    target = serializers.IntegerField(allow_null=True)
    band = serializers.CharField(allow_null=True)
    residual = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    movement = serializers.CharField()
    movement_words = serializers.CharField()
    proximity = serializers.CharField(allow_null=True)
    review_on = serializers.DateField(allow_null=True)
    raised_on = serializers.DateField(allow_null=True)
    escalated_because = serializers.CharField(allow_null=True)
    grounds = serializers.ListField(child=serializers.CharField())
    deescalation_proposed_on = serializers.DateField(allow_null=True)
    flags = serializers.ListField(child=serializers.CharField())
    mitigations = serializers.ListField(child=serializers.DictField())
    inherent_likelihood = serializers.IntegerField(allow_null=True)
    inherent_impact = serializers.IntegerField(allow_null=True)
    target_likelihood = serializers.IntegerField(allow_null=True)
    target_impact = serializers.IntegerField(allow_null=True)
    value = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    probability = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    removal_because = serializers.CharField()
    ended_on = serializers.DateField(allow_null=True)
    ended_because = serializers.CharField()
    reviewed_on = serializers.DateField(allow_null=True)
    came_from = serializers.IntegerField(
        allow_null=True, help_text="Of an issue: the id of the risk that happened."
    )
    merged_into = serializers.IntegerField(
        allow_null=True, help_text="The id of the risk that holds it now."
    )
    version = serializers.IntegerField()


# What is read besides, as it is written.
BESIDES = (
    "inherent_likelihood",
    "inherent_impact",
    "target_likelihood",
    "target_impact",
    "removal_because",
    "ended_on",
    "ended_because",
    "reviewed_on",
    "version",
)
