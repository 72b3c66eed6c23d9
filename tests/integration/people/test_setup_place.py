"""``setup_place``: everything from nothing, or nothing at all; and the first run of a new portal."""

import io
import re
from contextlib import contextmanager
from datetime import date

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from icp import embedded
from icp.accounts.models import Invitation, User
from icp.common.models import OutgoingMail
from programmes import access
from programmes.importers.people import Known, read_people
from programmes.models import (
    Board,
    BoardMember,
    Leadership,
    Membership,
    Offer,
    Organisation,
    Period,
    Place,
    PlanItem,
    Post,
    Programme,
    System,
)
from tests.factories import TODAY, UserFactory

PROGRAMMES = """code,name,kind,parent,lead_posts,sro_or_chair_posts,accountable_officer_post,status
IT,IT Enabler,enabler group,,IT Lead,Chief Executive,Chief Executive,live
EST,Estates,enabler group,,Estates Lead A; Estates Lead B,Chief Executive,,live
"""
PLAN = """programme,plan_id,outline_level,kind,name,duration,start,finish,complete,scheduling
IT,1,1,task,Agree what is shared,20 days,2026-12-01,2026-12-31,no,auto
IT,2,1,milestone,Board approves,0 days,2026-11-30,2026-11-30,yes,auto
"""
PEOPLE = """email,name,role,programme,board,post
it@example.org,IT Lead,lead,IT,,
chief@example.org,Chief Executive,sro; accountable officer,IT,,
chief@example.org,Chief Executive,SRO or chair,EST,,
estates@example.org,Estates Lead B,lead,EST,,Estates Lead B
deputy@example.org,IT Deputy,deputy,IT,,Deputy IT Lead
member@example.org,Board Member,board member,,AOG; ICB,
audit@example.org,Auditor,auditor,,,
director@example.org,Director,board member; governance manager,,ICB,
"""


pytestmark = pytest.mark.usefixtures("db", "today")


@pytest.fixture
def files(tmp_path):
    """Writes the three files, changed as asked, and gives their options."""

    def write(**texts):
        options = {}
        for name, text in {
            "programmes": PROGRAMMES,
            "plan": PLAN,
            "people": PEOPLE,
            **texts,
        }.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text)
            options[name] = str(path)
        return options

    return write


def run(*flags, **options):
    """The command as a script would give it; what it printed, to both, together."""
    given = {
        "place": "City & Hackney",
        "system": "North East London",
        "administrator": "director@example.org",
        **options,
    }
    out = io.StringIO()
    words = [f"--{name.replace('_', '-')}={value}" for name, value in given.items() if value]
    call_command("setup_place", *words, *flags, stdout=out, stderr=out)
    return out.getvalue()


BOARDS = ("--board=AOG=Accountable Officers Group", "--reading-board=ICB=Integrated Board")


def everything(files, *flags, **options):
    return run(
        *BOARDS, "--organisation=CCG=Clinical Commissioning Group", *flags, **files(), **options
    )


def link_in(text):
    return re.search(r"https?://\S+/accounts/invitation/\S+/", text)[0]


def nothing_was_written():
    tables = (System, Place, User, Membership, Programme, Post, PlanItem, Invitation, OutgoingMail)
    return [table.__name__ for table in tables if table.objects.exists()] == []


def test_the_least_that_is_given_makes_a_place_and_its_administrator():
    said = run()
    place = Place.objects.get()
    assert (place.name, place.slug, place.system.slug) == (
        "City & Hackney",
        "city-and-hackney",
        "north-east-london",
    )
    roles = access.roles_of(user=User.objects.get(), place=place, on=TODAY)
    assert (roles.administrator, roles.office) == (True, True)
    assert "City & Hackney is set up" in said
    assert (
        "director@example.org chooses a password here (once, until the end of 28 February 2020)"
        in said
    )
    assert link_in(said) in OutgoingMail.objects.get().body


def test_an_administrator_need_not_be_the_office():
    run("--not-office", administrator_name="IC Systems Manager")
    user = User.objects.get()
    roles = access.roles_of(user=user, place=Place.objects.get(), on=TODAY)
    assert (user.name, roles.administrator, roles.office) == ("IC Systems Manager", True, False)


def test_the_settings_of_the_place_are_as_given():
    run(tolerance_months=1, holidays="none", due_days=3, reminder_days="3, 7", slug="ch")
    place = Place.objects.get()
    assert (place.slug, place.tolerance_months, place.holidays) == ("ch", 1, "none")
    assert (place.return_due_working_days, place.reminder_days) == (3, [7, 3])


def test_everything_at_once(files):
    said = everything(files, first_period="2026-12")
    place = Place.objects.get()
    period = Period.objects.get()
    assert (period.key, period.starts_on) == ("2026-12", date(2026, 12, 1))
    assert [o.short_name for o in Organisation.objects.all()] == ["CCG"]
    assert list(Board.objects.order_by("order").values_list("short_name", "takes_decisions")) == [
        ("AOG", True),
        ("ICB", False),
    ]
    assert list(Programme.objects.in_place(place).in_order().values_list("code", flat=True)) == [
        "IT",
        "EST",
    ]
    # In the first issue, all that are ticked count as reported in the first month.
    assert PlanItem.objects.get(ticked=True).ticked_in == period
    held = dict(Post.objects.filter(holder__isnull=False).values_list("title", "holder__email"))
    assert held == {
        "IT Lead": "it@example.org",
        "Chief Executive": "chief@example.org",
        "Estates Lead B": "estates@example.org",
        "Deputy IT Lead": "deputy@example.org",
    }
    assert Leadership.objects.get(role="deputy").programme.code == "IT"
    seats = BoardMember.objects.values_list("user__email", "board__short_name")
    assert sorted(seats) == [
        ("director@example.org", "ICB"),
        ("member@example.org", "AOG"),
        ("member@example.org", "ICB"),
    ]
    assert "6 people are invited by e-mail besides the administrator." in said
    assert "2 programmes, 2 plan rows" in said
    assert "1 period: December 2026" in said
    # One person, one invitation: the administrator's link is not overtaken by the file.
    assert Invitation.objects.open_at(date_now()).count() == 7
    assert Client().get(path_of(link_in(said))).status_code == 200


def date_now():
    from icp.common import clock

    return clock.now()


def path_of(link):
    return "/" + link.split("/", 3)[3]


def test_excel_files_do_as_well(tmp_path):
    book = Workbook()
    for line in PROGRAMMES.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "programmes.xlsx")
    run(programmes=tmp_path / "programmes.xlsx")
    assert Programme.objects.count() == 2


def test_doing_it_twice_says_what_is_there_and_changes_nothing(files):
    everything(files, first_period="2026-12")
    before = {
        table: list(table.objects.order_by("pk").values())
        for table in (Place, User, Membership, Invitation, OutgoingMail, Post, PlanItem, Period)
    }
    said = everything(files, first_period="2027-01", tolerance_months=1)
    assert "City & Hackney is set up already. Nothing was changed." in said
    for words in (
        "short name city-and-hackney, in North East London",
        "administrator Administrator (director@example.org): invited",
        "2 boards: AOG and ICB",
        "7 people",
        "1 period: December 2026",
    ):
        assert words in said
    assert "/accounts/invitation/" not in said
    after = {table: list(table.objects.order_by("pk").values()) for table in before}
    assert after == before


def test_a_short_name_that_another_place_has_is_refused():
    run()
    with pytest.raises(CommandError, match=r"belongs to City & Hackney already.*--slug"):
        run(place="City and Hackney!", slug="city-and-hackney")


def test_a_second_place_of_the_same_system_is_made_beside_the_first():
    run()
    said = run(place="Tower Hamlets", administrator="other@example.org")
    assert System.objects.count() == 1
    assert Place.objects.count() == 2
    assert "other@example.org chooses a password here" in said


def test_an_administrator_who_has_an_account_keeps_it():
    UserFactory(email="director@example.org")
    said = run()
    assert "director@example.org has an account already" in said
    assert "/accounts/invitation/" not in said
    assert "You are invited to City & Hackney, to hold:" in OutgoingMail.objects.get().body


def test_a_dry_run_tries_everything_and_writes_nothing(files):
    said = everything(files, "--dry-run", first_period="2026-12")
    assert "All of this can be set up. Nothing was written" in said
    assert "/accounts/invitation/" not in said
    assert nothing_was_written()
    with pytest.raises(CommandError):
        everything(lambda: files(people="email,name,role\nx,y,z\n"), "--dry-run")


BAD_OPTIONS = [
    ({"administrator": "no address"}, "“no address” is not an e-mail address"),
    ({"slug": "City & Hackney"}, "cannot stand in an address. Use small letters"),
    ({"first_period": "December"}, "“December” is not a month. Write it like 2026-12"),
    ({"first_period": "2026-13"}, "is not a month"),
    ({"first_period": "0001-01"}, "is not a month"),
    ({"tolerance_months": "many"}, "Write a whole number from 0 to 24"),
    ({"tolerance_months": "25"}, "Write a whole number from 0 to 24"),
    ({"due_days": "-1"}, "Write a whole number from 0 to 20"),
    ({"reminder_days": "5;2"}, "with commas between"),
    ({"holidays": "scotland"}, "Write one of: none, england"),
    (
        {"programmes": "/nowhere/programmes.csv"},
        "/nowhere/programmes.csv cannot be read: No such file",
    ),
    ({"place": "N" * 151}, "up to 150 characters"),
    ({"system": None}, "Give --system too"),
    ({"system": None, "administrator": None}, "Give --system, --administrator too"),
    ({"place": "健康"}, "Give --slug too"),
    ({"board": "Accountable Officers"}, "write its short name, an equals sign and its name"),
    ({"board": "!!=A board"}, "needs letters or digits"),
]


@pytest.mark.parametrize(("options", "said"), BAD_OPTIONS)
def test_a_bad_option_is_refused_with_what_to_write(options, said):
    with pytest.raises(CommandError, match=re.escape(said)):
        run(**options)
    assert nothing_was_written()


def test_two_boards_with_one_short_name_are_refused():
    with pytest.raises(CommandError, match="The board aog cannot be made like this"):
        run("--board=AOG=One", "--board=aog=Another")
    assert nothing_was_written()


BAD_CELLS = [
    ("programmes", ("enabler group", "club"), "Row 2, kind (C2), “club”: this word is not known. Write one of"),
    ("plan", ("IT,1", "XX,1"), "Row 2, programme (A2), “XX”: no programme has this code. Use one of: EST, IT."),
    ("plan", ("2026-12-31", "31 Feb"), "Row 2, finish (H2), “31 Feb”"),
    ("people", ("it@example.org", "it at example"), "Row 2, email (A2), “it at example”: it is not an e-mail address. Write one like"),
    ("people", ("IT Lead,lead", "IT Lead,wizard"), "Row 2, role (C2), “wizard”: this role is not known. Write one or more"),
    ("people", ("IT Lead,lead", "IT Lead,"), "Row 2, role (C2): a person needs a role."),
    ("people", ("IT Lead,lead,IT", "IT Lead,lead,"), "Row 2, programme (D2): this role needs a programme. Write one of: IT, EST."),
    ("people", ("IT Lead,lead,IT", "IT Lead,lead,ZZ"), "Row 2, programme (D2), “ZZ”: no programme has this code."),
    ("people", ("lead,EST,,Estates Lead B", "lead,EST,,"), "Row 5, post (F5): several posts have this duty in EST. Name one: Estates Lead A; Estates Lead B."),
    ("people", ("lead,EST,,Estates Lead B", "lead,EST,,Estates Leed B"), "“Estates Leed B”: it is not a post with this duty in EST. Write Estates Lead A and Estates Lead B"),
    ("people", ("deputy,IT,,Deputy IT Lead", "deputy,IT,,"), "Row 6, post (F6): no post has this duty in IT yet. Write its title, and it is made."),
    ("people", ("AOG; ICB", "AOG; XYZ"), "Row 7, board (E7), “AOG; XYZ”: the place has no such board. Write one of: AOG, ICB."),
    ("people", ("AOG; ICB", ""), "Row 7, board (E7): a board member needs a board."),
    ("people", ("auditor,,,", "auditor,IT,,"), "Row 8, programme (D8), “IT”: no role here goes with a programme."),
    ("people", ("auditor,,,", "auditor,,AOG,"), "Row 8, board (E8), “AOG”: no role here goes with a board."),
    ("people", ("auditor,,,", "auditor,,,X"), "Row 8, post (F8), “X”: no role here goes with a post."),
    ("people", ("Chief Executive,SRO", "The Chief,SRO"), "row 3 gives chief@example.org the name Chief Executive. Write the same name"),
    ("people", ("chief@example.org,Chief Executive,SRO", "boss@example.org,Boss,SRO"), "row 3 gives Chief Executive to chief@example.org. A post has one holder"),
    ("people", ("Board Member,board", ",board"), "Row 7, name (B7): a person needs a name."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "said"), BAD_CELLS)
def test_a_bad_cell_is_named_and_nothing_is_written(files, capsys, name, change, said):
    text = {"programmes": PROGRAMMES, "plan": PLAN, "people": PEOPLE}[name]
    assert text.count(change[0]) >= 1
    options = files(**{name: text.replace(*change, 1)})
    errors = io.StringIO()
    words = [f"--{key}={value}" for key, value in options.items()]
    with pytest.raises(CommandError, match=rf"Nothing was set up. {name}.csv needs attention"):
        call_command(
            "setup_place",
            "--place=X",
            "--system=Y",
            "--administrator=a@example.org",
            *BOARDS,
            *words,
            stderr=errors,
        )
    assert said in errors.getvalue()
    assert nothing_was_written()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("email,name\n", "Missing: role"),
        ("email,name,role,salary\n", "Not known: salary"),
        ("%PDF-1.7", "is not a CSV or Excel file"),
    ],
)
def test_a_file_that_is_no_table_of_people_is_refused(files, text, said):
    with pytest.raises(CommandError, match=rf"Nothing was set up. people.csv: .*{said}"):
        run(*BOARDS, **files(people=text))
    assert nothing_was_written()


def test_two_accountable_officers_of_one_programme_are_refused(files):
    programmes = PROGRAMMES.replace("Chief Executive,Chief Executive,live", "Chief Executive,,live")
    people = (
        "email,name,role,programme,post\n"
        "a@example.org,A,accountable officer,IT,First\n"
        "b@example.org,B,accountable officer,IT,Second\n"
    )
    errors = io.StringIO()
    options = [f"--{k}={v}" for k, v in files(programmes=programmes, people=people).items()]
    with pytest.raises(CommandError):
        call_command(
            "setup_place", "--place=X", "--system=Y", "--administrator=a@example.org", *options,
            stderr=errors,
        )  # fmt: skip
    assert "row 2 makes First accountable for IT" in errors.getvalue()


@contextmanager
def a_terminal(monkeypatch, *answers, tty=True):
    lines = io.StringIO("".join(f"{answer}\n" for answer in answers))
    monkeypatch.setattr(lines, "isatty", lambda: tty, raising=False)
    monkeypatch.setattr("sys.stdin", lines)
    out = io.StringIO()
    yield out


def test_on_a_terminal_it_asks_and_asks_again_what_it_cannot_read(monkeypatch, files):
    paths = files()
    answers = (
        "City & Hackney", "",                      # name; the short name offered
        "North East London",
        "no address", "director@example.org",      # refused, then right
        "IC Programme Director", "perhaps", "no",  # refused, then: not the office
        "99", "1", "", "", "",                     # tolerance, holidays, due, reminders as offered
        "CCG=Clinical Commissioning Group", "",
        "AOG=Accountable Officers Group", "ICB=Integrated Board", "",
        "/nowhere.csv", paths["programmes"], "", paths["people"], "2026-12",
        "yes",
    )  # fmt: skip
    with a_terminal(monkeypatch, *answers) as out:
        call_command("setup_place", stdout=out)
    said = out.getvalue()
    for words in (
        "Its short name in addresses [city-and-hackney]:",
        "“no address” is not an e-mail address",
        "Write yes or no.",
        "Write a whole number from 0 to 24.",
        "/nowhere.csv cannot be read",
        "Boards: AOG and ICB",
        "Files: programmes.csv and people.csv",
        "City & Hackney is set up:",
    ):
        assert words in said
    place = Place.objects.get()
    assert (place.tolerance_months, place.holidays) == (1, "england")
    director = User.objects.get(email="director@example.org")
    roles = access.roles_of(user=director, place=place, on=TODAY)
    assert (roles.administrator, roles.office, roles.governance) == (True, False, True)


LEAST = ("City & Hackney", "", "NEL", "d@example.org", *[""] * 12)


@pytest.mark.parametrize("answers", [("City & Hackney",), (*LEAST, "no"), LEAST])
def test_stopping_half_way_or_saying_no_sets_nothing_up(monkeypatch, answers):
    with a_terminal(monkeypatch, *answers) as out:
        with pytest.raises(CommandError, match="Nothing was set up"):
            call_command("setup_place", stdout=out)
    assert nothing_was_written()


def test_on_a_terminal_a_place_that_is_there_is_said_at_once(monkeypatch):
    run()
    with a_terminal(monkeypatch, "City & Hackney", "") as out:
        call_command("setup_place", stdout=out)
    assert "is set up already. Nothing was changed." in out.getvalue()


def test_without_a_terminal_and_without_options_it_says_what_it_needs(monkeypatch):
    with a_terminal(monkeypatch, tty=False):
        with pytest.raises(CommandError, match="give at least --place, --system, --administrator"):
            call_command("setup_place")


def test_the_example_in_the_documentation_can_be_read():
    page = (settings.BASE_DIR / "docs" / "people.md").read_text()
    example = page.rpartition("```\nemail")[2].partition("```")[0]
    known = Known(
        boards=("ICB",),
        posts={
            "IT": {"lead": ("IT Enabler Lead",), "sro": ("Chief Executive",)},
            "UPC": {"sro": ("Chief Executive",)},
        },
    )
    read = read_people(f"email{example}".encode(), "people.csv", known=known)
    assert read.errors == []
    assert [row.name for row in read.rows] == [
        "IT Enabler Lead",
        "Chief Executive",
        "Deputy IT Lead",
        "IC Programme Manager",
    ]


# --- invite -----------------------------------------------------------------
def invite(*words):
    out = io.StringIO()
    call_command("invite", *words, "--place=city-and-hackney", stdout=out)
    return out.getvalue()


def test_a_lost_link_is_replaced_from_the_command_line():
    first = link_in(run())
    second = link_in(invite("director@example.org"))
    assert Client().get(path_of(first)).status_code == 404
    assert Client().get(path_of(second)).status_code == 200


def test_somebody_new_becomes_administrator_from_the_command_line():
    run()
    said = invite("new@example.org", "--name=New Administrator", "--role=administrator")
    assert "new@example.org chooses a password here" in said
    assert Membership.objects.filter(user__email="new@example.org", role="administrator").exists()


def test_who_can_sign_in_is_asked_and_gets_no_link():
    run()
    UserFactory(email="known@example.org")
    for _ in range(2):
        said = invite("known@example.org", "--role=administrator")
        assert "has an account already" in said
    assert Offer.objects.filter(user__email="known@example.org").count() == 1
    assert not Membership.objects.filter(user__email="known@example.org").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody@example.org"], "Nobody has the address nobody@example.org yet: give --name too"),
        (["nobody@example.org", "--name=N"], "Choose at least one role"),
        (["nonsense"], "is not an e-mail address"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_words(words, said):
    run()
    with pytest.raises(CommandError, match=said):
        invite(*words)


def test_a_place_that_does_not_exist_is_said_with_those_that_do():
    run()
    with pytest.raises(CommandError, match=r"There is no place x. There are: city-and-hackney"):
        call_command("invite", "a@example.org", "--place=x")


# --- the first run ------------------------------------------------------------
def test_the_first_run_from_nothing_to_the_people_page_and_the_first_import(files):
    said = everything(files, first_period="2026-12")
    browser = Client()
    answer = browser.post(
        path_of(link_in(said)),
        {"password1": "a-long-and-uncommon-phrase", "password2": "a-long-and-uncommon-phrase"},
        follow=True,
    )
    assert answer.redirect_chain[-1][0] == "/places/city-and-hackney/"
    assert "IT Enabler" in answer.content.decode()
    browser.post(reverse("account_logout"))
    browser.post(
        reverse("account_login"),
        {"login": "director@example.org", "password": "a-long-and-uncommon-phrase"},
    )
    people = browser.get(reverse("people", kwargs={"place": "city-and-hackney"})).content.decode()
    assert "7 people" in people
    assert people.count("link works until 28 Feb 2020") == 6
    office = browser.get(reverse("import", kwargs={"place": "city-and-hackney"}))
    assert office.status_code == 200
    # The lead's own invitation works too, and opens their update.
    body = OutgoingMail.objects.get(to="it@example.org").body
    lead = Client()
    answer = lead.post(
        path_of(link_in(body)),
        {"password1": "another-uncommon-phrase", "password2": "another-uncommon-phrase"},
        follow=True,
    )
    assert answer.redirect_chain[-1][0] == "/places/city-and-hackney/update/IT/"


@pytest.fixture
def as_application(transactional_db):
    """As in production: the role that owns no table, and may only add to history."""
    role = embedded.database_settings("app", name=connection.settings_dict["NAME"])
    before = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update(USER=role["USER"], PASSWORD=role["PASSWORD"])
    yield
    connection.close()
    connection.settings_dict.update(before)


def test_the_applications_role_has_every_right_that_people_need(files, as_application):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("icp_app",)
    said = everything(files, first_period="2026-12")
    browser = Client()
    phrase = "a-long-and-uncommon-phrase"
    browser.post(path_of(link_in(said)), {"password1": phrase, "password2": phrase})
    lead = User.objects.get(email="it@example.org")
    for name, data in (
        ("person-give", {"role": "governance"}),
        ("person-take", {"kind": "role", "key": "governance"}),
        ("person-invitation", {"do": "again"}),
        ("person-leave", {}),
    ):
        kwargs = {"place": "city-and-hackney", "pk": lead.pk}
        assert browser.post(reverse(name, kwargs=kwargs), data).status_code == 302, name
    assert [event.pgh_label for event in Membership.pgh_event_model.objects.filter(user=lead)] == [
        "insert",
        "delete",
    ]
