"""Forms by which an administrator invites people and gives them what they hold."""

from typing import Any

from django import forms

from icp.accounts.models import User
from icp.common.forms import BritishDateField
from icp.common.numbers import whole_number
from programmes.models import Place, PlaceRole, Post
from programmes.selectors.people import (
    boards_of,
    duty_words,
    organisations_of,
    posts_of,
)
from programmes.services.offers import Holding

NOBODY = "nobody"
CHOOSE = "Choose what they are to hold: at least one role, duty, board or post."


class InviteForm(forms.Form):
    """Somebody new, with what they are to hold from the start. Only vacant posts can be chosen."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The invitation is sent here, and they sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label="Name",
        max_length=150,
        help_text="What colleagues see: the title of a post, or a person’s name.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    post = forms.ChoiceField(
        label="Post",
        required=False,
        help_text="Vacant posts, with the duty each brings. More can be given afterwards.",
    )
    roles = forms.MultipleChoiceField(
        label="Roles over the whole place",
        required=False,
        choices=PlaceRole.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    finance = forms.MultipleChoiceField(
        label="Finance lead of", required=False, widget=forms.CheckboxSelectMultiple
    )
    boards = forms.MultipleChoiceField(
        label="Member of boards", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.all_boards = {str(board.pk): board for board in boards_of(place)}
        self.organisations = {str(one.pk): one for one in organisations_of(place)}
        self.vacant = {str(post.pk): post for post in posts_of(place) if post.holder_id is None}
        _choices(self, "finance", [(key, one.name) for key, one in self.organisations.items()])
        _choices(self, "boards", [(key, board.name) for key, board in self.all_boards.items()])
        _choices(
            self,
            "post",
            [("", "None"), *((key, _title(post)) for key, post in self.vacant.items())],
        )
        for name, those in (
            ("finance", self.organisations),
            ("boards", self.all_boards),
            ("post", self.vacant),
        ):
            if not those:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.holding():
            self.add_error("roles", CHOOSE)
        return cleaned

    def holding(self) -> Holding:
        """What was chosen; ask when the fields are clean."""
        chosen = self.cleaned_data
        post = self.vacant.get(chosen.get("post") or "")
        return Holding(
            roles=tuple(PlaceRole(role) for role in chosen.get("roles", ())),
            finance=tuple(self.organisations[key] for key in chosen.get("finance", ())),
            boards=tuple(self.all_boards[key] for key in chosen.get("boards", ())),
            posts=(post,) if post else (),
        )


class GiveForm(forms.Form):
    """One more thing, or several of different kinds, for somebody who is here already.

    A post's value carries who held it when the page was shown, so that nobody takes unseen what has just
    been given to another.
    """

    role = forms.ChoiceField(label="Role over the whole place", required=False)
    finance = forms.ChoiceField(label="Finance lead of", required=False)
    board = forms.ChoiceField(label="Member of a board", required=False)
    post = forms.ChoiceField(
        label="Post",
        required=False,
        help_text="A post that somebody holds moves from them to this person.",
    )

    def __init__(
        self,
        *args: Any,
        place: Place,
        held: set[tuple[str, str]],
        vacant_only: bool = False,
        **kwargs: Any,
    ) -> None:
        """``held`` are the kind and key of each thing they hold already; ``vacant_only`` is for who has still to accept."""
        super().__init__(*args, **kwargs)
        self.boards = {str(board.pk): board for board in boards_of(place)}
        self.organisations = {str(one.pk): one for one in organisations_of(place)}
        self.posts = {str(post.pk): post for post in posts_of(place)}
        offered = {
            "role": [(key, label) for key, label in PlaceRole.choices if ("role", key) not in held],
            "finance": [
                (key, one.name)
                for key, one in self.organisations.items()
                if ("finance", key) not in held
            ],
            "board": [
                (key, one.name) for key, one in self.boards.items() if ("board", key) not in held
            ],
            "post": [
                (f"{key}:{one.holder_id or NOBODY}", _title(one))
                for key, one in self.posts.items()
                if ("post", key) not in held and not (vacant_only and one.holder_id)
            ],
        }
        for name, choices in offered.items():
            if choices:
                _choices(self, name, [("", "None"), *choices])
            else:
                del self.fields[name]
        if "post" in self.fields and vacant_only:
            self.fields["post"].help_text = "Vacant posts, with the duty each brings."
        if "post" in self.fields:
            # What was chosen on a page that has grown old is read, and refused with who holds it now.
            self.fields["post"].valid_value = self._known_post  # type: ignore[attr-defined]

    def _known_post(self, value: str) -> bool:
        key, _, holder = value.partition(":")
        return key in self.posts and (holder == NOBODY or whole_number(holder) is not None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            first = next(iter(self.fields), None)
            self.add_error(first, "Choose what to give: a role, a duty, a board or a post.")
        return cleaned

    def holding(self) -> Holding:
        """What was chosen; ask when the fields are clean."""
        chosen = self.cleaned_data
        role = chosen.get("role")
        organisation = self.organisations.get(chosen.get("finance") or "")
        board = self.boards.get(chosen.get("board") or "")
        post = self.posts.get((chosen.get("post") or "").partition(":")[0])
        return Holding(
            roles=(PlaceRole(role),) if role else (),
            finance=(organisation,) if organisation else (),
            boards=(board,) if board else (),
            posts=(post,) if post else (),
        )

    def expected_holder(self) -> int | None:
        """Who held the chosen post when the page was shown: an id, or None for nobody."""
        holder = (self.cleaned_data.get("post") or "").partition(":")[2]
        return whole_number(holder)


class LeaveForm(forms.Form):
    """Who takes over from somebody who leaves; nobody by default."""

    successor = forms.ChoiceField(
        label="Who takes over",
        required=False,
        help_text="They get all of it: posts with their rows and duties, roles and seats.",
    )

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        _choices(self, "successor", [("", "Nobody: posts stay vacant"), *_named(colleagues)])

    def taking_over(self) -> User | None:
        return self.colleagues.get(self.cleaned_data["successor"])


class EndSessionsForm(forms.Form):
    """Why somebody is signed out everywhere."""

    reason = forms.CharField(
        label="Why",
        max_length=200,
        help_text="They read it, and so do other administrators and auditors. “Laptop lost” is enough.",
        error_messages={"required": "Say why they are to be signed out."},
    )


class CoverForm(forms.Form):
    """A colleague for some days. Only administrators choose for whom; everybody else asks for themself."""

    person = forms.ChoiceField(label="Who is away")
    deputy = forms.ChoiceField(
        label="Who covers",
        help_text="They do it under their own name. Seats on boards are not lent.",
    )
    starts_on = BritishDateField(label="First day", help_text="For example, 17 Feb 2020.")
    ends_on = BritishDateField(label="Last day", help_text="Included.")
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=200,
        help_text="Colleagues can read it: “on leave” is enough.",
    )

    def __init__(
        self, *args: Any, colleagues: list[User], person: User, for_anybody: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        self.only_person = person
        _choices(
            self,
            "deputy",
            [("", "Choose"), *_named(colleagues, without=None if for_anybody else person)],
        )
        if for_anybody:
            _choices(self, "person", [("", "Choose"), *_named(colleagues)])
        else:
            del self.fields["person"]

    def away(self) -> User:
        return self.colleagues.get(self.cleaned_data.get("person", ""), self.only_person)

    def covering(self) -> User:
        return self.colleagues[self.cleaned_data["deputy"]]


def _named(people: list[User], *, without: User | None = None) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in people if one != without]


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _title(post: Post) -> str:
    """IT Enabler Lead – lead of IT Enabler – held by Programme Manager"""
    duties = duty_words(post)
    holder = f"held by {post.holder}" if post.holder else ""
    return " – ".join(part for part in (post.title, duties, holder) if part)
