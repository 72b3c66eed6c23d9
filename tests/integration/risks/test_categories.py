"""Categories of risk: whoever saves second sees both values and chooses."""

import pytest

from risks.models import RiskCategory

SETTINGS = "/places/testshire/risks/settings/"
API = "/api/v1/risk-categories/"
JSON = {"content_type": "application/json"}


@pytest.fixture
def category(world):
    return RiskCategory.objects.create(place=world.place, name="Delivery", appetite=8, tolerance=12)


def typed(category, **more):
    stored = {
        "category": category.pk,
        "version": category.version,
        "name": category.name,
        "appetite": category.appetite,
        "tolerance": category.tolerance,
    }
    return stored | more


def test_the_second_saver_sees_both_appetites_and_chooses(world, category):
    first, second = world.client(world.office), world.client(world.office_too)
    assert (
        f'value="{category.pk}"' in first.get(f"{SETTINGS}?category={category.pk}").content.decode()
    )
    assert first.post(SETTINGS, typed(category, appetite=6, tolerance=15)).status_code == 302
    late = second.post(SETTINGS, typed(category, appetite=10))
    assert late.status_code == 409
    page = late.content.decode()
    assert "Take theirs: <q>6</q>" in page
    assert "Keep mine: <q>10</q>" in page
    category.refresh_from_db()
    assert (category.appetite, category.tolerance) == (6, 15)

    choice = typed(category, appetite=10, tolerance=12, saw=category.version)
    choice |= {"take-appetite": "mine", "take-tolerance": "theirs"}
    assert second.post(SETTINGS, choice).status_code == 302
    category.refresh_from_db()
    assert (category.appetite, category.tolerance, category.version) == (10, 15, 3)


def test_a_new_category_that_is_there_already_shows_both(world, category):
    client = world.client(world.office)
    new = {"name": "delivery", "appetite": 5, "tolerance": 9}
    answer = client.post(SETTINGS, new)
    assert answer.status_code == 409
    assert "Take theirs: <q>8</q>" in answer.content.decode()
    assert client.post(SETTINGS, {**new, "category": "999999"}).status_code == 404
    assert client.get(f"{SETTINGS}?category=no").status_code == 404
    assert RiskCategory.objects.get().appetite == 8


def test_the_api_names_what_was_last_read_of_a_category(world, category):
    client, address = world.client(world.office), f"{API}{category.pk}/"
    tag = {"If-Match": client.get(address).headers["ETag"]}
    assert client.patch(address, {"appetite": 9}, **JSON).status_code == 428
    assert client.patch(address, {"appetite": 9}, headers=tag, **JSON).json()["version"] == 2
    stale = client.patch(address, {"tolerance": 20}, headers=tag, **JSON)
    assert (stale.status_code, stale.json()["current"]["appetite"]) == (412, 9)
    new = {"place": world.place.slug, "name": "Delivery", "appetite": 1, "tolerance": 2}
    assert client.post(API, new, **JSON).status_code == 409
    wrong = client.post(API, {**new, "name": "Finance", "appetite": 3}, **JSON)
    assert wrong.json()["errors"].keys() == {"tolerance"}
    assert client.post(API, {**new, "name": "Finance"}, **JSON).status_code == 201
    reader = world.client(world.lead)
    assert reader.patch(address, {"appetite": 1}, headers=tag, **JSON).status_code == 403
