import pytest
from click.testing import CliRunner

from cast import a_workbench_round
from custodes.errors import InputError
from custodes_workbench import commands
from custodes_workbench.access import Stage
from custodes_workbench.history.models import Entry
from custodes_workbench.judgements.models import Answer
from custodes_workbench.judgements.services import confirm_rollback
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import standstill_of
from workbench_answers import answered, handed_in

pytestmark = pytest.mark.django_db
LONG_AGO = "2020-01-01T00:00"


@pytest.fixture
def row(cast):
    row = a_workbench_round(cast, Stage.BLIND)
    answered(cast, row, "ada")
    handed_in(cast, row, "ada")
    return row


def said(command, *words):
    """What a command prints, or the faults that it tells."""
    done = CliRunner().invoke(command, list(words))
    if isinstance(done.exception, InputError):
        return [fault.message for fault in done.exception.faults]
    assert done.exception is None
    return done.output.splitlines()


def test_the_server_stops_a_round_and_sets_judgements_aside_once_confirmed(cast, row):
    assert said(commands.freeze, row.slug, "--reason", "A leak.") == ["A round stands still."]
    to = ("--judgements-to", LONG_AGO)
    assert said(commands.rollback, row.slug, *to, "--dry-run") == [
        "1 answer of 1 expert about 1 effort set aside",
        "1 hand-in taken back",
        "0 remarks of the discussion hidden",
    ]
    assert Entry.objects.filter(action="rollback asked for").count() == 0

    last = said(commands.rollback, row.slug, *to, "--reason", "Seen.", "--reassign")[-1]

    page = f"/rounds/{row.slug}/standstill/"
    assert last == f"Asked for. Another account confirms it at {page}"
    assert Answer.objects.get().set_aside_because == ""
    confirm_rollback(round_=row, by=cast.now("lena"), version=standstill_of(row).version)
    assert Answer.objects.get().set_aside_because == "rolled back to 2020-01-01 00:00 UTC: Seen."
    asked = said(commands.thaw, row.slug, "--reason", "Mended.", "--by", "omar@example.org")
    assert asked == [f"Asked for. Another account confirms it at {page}"]
    assert Entry.objects.get(action="going on asked for").actor == cast.omar.history_name


def test_one_person_alone_does_it_at_once(cast, row, settings):
    settings.ALONE = True
    User.objects.exclude(pk=cast.lena.pk).update(is_active=False)

    said(commands.freeze, row.slug, "--reason", "A leak.", "--by", "lena@example.org")
    told = said(
        commands.rollback,
        *(row.slug, "--judgements-to", LONG_AGO, "--reason", "Seen."),
        *("--by", "lena@example.org"),
    )
    on = said(commands.thaw, row.slug, "--reason", "Mended.", "--by", "lena@example.org")

    assert told[-1] == f"Done. The draft incident note is at /rounds/{row.slug}/standstill/"
    assert on == ["It goes on."]
    assert Round.objects.get(pk=row.pk).standstills.get().by_one_person


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("no-such-round", "--reason", "A leak."), "there is no round at 'no-such-round'"),
        (("a-round", "--reason", " "), "Say why the round is stopped; everybody in it will"),
        (
            ("a-round", "--reason", "A leak.", "--by", "nobody@example.org"),
            "nobody has the account 'nobody@example.org'",
        ),
        (
            ("a-round", "--reason", "A leak.", "--by", "ada@example.org"),
            "You may not stop this round",
        ),
    ],
)
def test_what_is_at_fault_is_told_in_a_sentence(row, words, fault):
    assert row.slug == "a-round"

    (told,) = said(commands.freeze, *words)

    assert told.startswith(fault)


def test_a_time_that_is_none_is_told(row):
    told = said(commands.rollback, row.slug, "--judgements-to", "yesterday", "--dry-run")

    assert told == ["'yesterday' is no time"]
