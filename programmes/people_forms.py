"""Forms by which an administrator invites people and gives them what they hold."""

from typing import Any

from django import forms

from programmes.models import Place, PlaceRole, Post
from programmes.selectors.people import boards_of, duty_words, posts_of
from programmes.services.people import Holding

NOBODY = "nobody"
CHOOSE = "Choose what they are to hold: at least one role, board or post."


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
    boards = forms.MultipleChoiceField(
        label="Member of boards", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.all_boards = {str(board.pk): board for board in boards_of(place)}
        self.vacant = {str(post.pk): post for post in posts_of(place) if post.holder_id is None}
        _choices(self, "boards", [(key, board.name) for key, board in self.all_boards.items()])
        _choices(
            self,
            "post",
            [("", "None"), *((key, _title(post)) for key, post in self.vacant.items())],
        )
        for name, those in (("boards", self.all_boards), ("post", self.vacant)):
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
            boards=tuple(self.all_boards[key] for key in chosen.get("boards", ())),
            posts=(post,) if post else (),
        )


class GiveForm(forms.Form):
    """One more thing, or several of different kinds, for somebody who is here already.

    A post's value carries who held it when the page was shown, so that nobody takes unseen what has just
    been given to another.
    """

    role = forms.ChoiceField(label="Role over the whole place", required=False)
    board = forms.ChoiceField(label="Member of a board", required=False)
    post = forms.ChoiceField(
        label="Post",
        required=False,
        help_text="A post that somebody holds moves from them to this person.",
    )

    def __init__(self, *args: Any, place: Place, held: set[tuple[str, str]], **kwargs: Any) -> None:
        """``held`` are the kind and key of each thing they hold already."""
        super().__init__(*args, **kwargs)
        self.boards = {str(board.pk): board for board in boards_of(place)}
        self.posts = {str(post.pk): post for post in posts_of(place)}
        offered = {
            "role": [(key, label) for key, label in PlaceRole.choices if ("role", key) not in held],
            "board": [
                (key, one.name) for key, one in self.boards.items() if ("board", key) not in held
            ],
            "post": [
                (f"{key}:{one.holder_id or NOBODY}", _title(one))
                for key, one in self.posts.items()
                if ("post", key) not in held
            ],
        }
        for name, choices in offered.items():
            if choices:
                _choices(self, name, [("", "None"), *choices])
            else:
                del self.fields[name]
        if "post" in self.fields:
            # What was chosen on a page that has grown old is read, and refused with who holds it now.
            self.fields["post"].valid_value = self._known_post  # type: ignore[attr-defined]

    def _known_post(self, value: str) -> bool:
        key, _, holder = value.partition(":")
        return key in self.posts and (holder == NOBODY or (holder.isascii() and holder.isdigit()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            first = next(iter(self.fields), None)
            self.add_error(first, "Choose what to give: a role, a board or a post.")
        return cleaned

    def holding(self) -> Holding:
        """What was chosen; ask when the fields are clean."""
        chosen = self.cleaned_data
        role = chosen.get("role")
        board = self.boards.get(chosen.get("board") or "")
        post = self.posts.get((chosen.get("post") or "").partition(":")[0])
        return Holding(
            roles=(PlaceRole(role),) if role else (),
            boards=(board,) if board else (),
            posts=(post,) if post else (),
        )

    def expected_holder(self) -> int | None:
        """Who held the chosen post when the page was shown: an id, or None for nobody."""
        holder = (self.cleaned_data.get("post") or "").partition(":")[2]
        return int(holder[:18]) if holder and holder != NOBODY else None


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _title(post: Post) -> str:
    """IT Enabler Lead – lead of IT Enabler – held by Programme Manager"""
    duties = duty_words(post)
    holder = f"held by {post.holder}" if post.holder else ""
    return " – ".join(part for part in (post.title, duties, holder) if part)
