"""The posts of a place: who may own a row."""

from programmes.models import Place, Post


def titles_by_key(*, place: Place) -> list[tuple[int, str]]:
    """Key and title of each post, by title. One query."""
    return list(Post.objects.filter(place=place).order_by("title").values_list("pk", "title"))


def posts_by_word(*, place: Place) -> dict[str, list[str]]:
    """The titles that a title or a holder's e-mail address, in small letters, stands for. One query."""
    found: dict[str, list[str]] = {}
    posts = Post.objects.filter(place=place).order_by("title")
    for title, email in posts.values_list("title", "holder__email"):
        found.setdefault(title.casefold(), []).append(title)
        if email:
            found.setdefault(email.casefold(), []).append(title)
    return found
