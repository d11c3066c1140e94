import csv
import json
import sys
from types import SimpleNamespace

import pytest

from custodes.cli import main
from custodes.exchange import read_efforts_csv
from shared_files import shared

ROUND = 'title = "A round"\ninstitution = "An institute"\nbudget = 1000000\ncurrency = "GBP"\n'
GOOD = "title,amount,currency\nOne,5,GBP\nTwo,6,GBP\n"
BAD = "title,amount,currency\nOne,5,GBP\nTwo,,GBP\nThree,tbc,GBP\n"


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "my-round"
    home.mkdir()
    (home / "round.toml").write_text(ROUND, "utf-8")
    return home


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """The command, in this process: a new one for each call would be most of the time."""

    def call(*words):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["custodes", "import", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return SimpleNamespace(returncode=ended.value.code, stdout=out, stderr=err)

    return call


def file_of(tmp_path, text, name="grants.csv"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def listing(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_grants_become_efforts_and_the_map_is_shown(run, folder, tmp_path):
    done = run(file_of(tmp_path, GOOD), "--into", folder)

    assert done.returncode == 0
    assert done.stdout == f"2 efforts, GBP 11.00, imported into {folder / 'efforts.csv'}\n"
    assert "cost        amount       usual name  5" in done.stderr
    efforts = read_efforts_csv(folder / "efforts.csv").efforts
    assert [(e.id, e.title, e.cost.p50, e.currency) for e in efforts] == [
        ("one", "One", 5, "GBP"),
        ("two", "Two", 6, "GBP"),
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["efforts.csv", "round.toml"]


def test_one_refused_row_stops_everything(run, folder, tmp_path):
    before = listing(folder)

    done = run(file_of(tmp_path, BAD), "--into", folder)

    assert done.returncode == 1
    assert done.stdout == ""
    assert "grants.csv, row 3, 'amount': is empty; write what it costs" in done.stderr
    assert "grants.csv, row 4, 'amount': 'tbc' is not a number" in done.stderr
    assert "2 rows (1 amount missing, 1 amount not a number) stand in the way" in done.stderr
    assert "Traceback" not in done.stderr
    assert listing(folder) == before


def test_refused_rows_are_set_aside_with_their_reasons(run, folder, tmp_path):
    done = run(file_of(tmp_path, BAD), "--into", folder, "--set-aside")

    assert done.returncode == 0
    assert [e.id for e in read_efforts_csv(folder / "efforts.csv").efforts] == ["one"]
    with (folder / "refused.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows == [
        {
            "refused_file": "grants.csv",
            "refused_row": "3",
            "refused_because": "amount_missing",
            "refused_columns": "amount",
            "refused_reasons": "is empty (write what it costs, or leave the row out)",
            "title": "Two",
            "amount": "",
            "currency": "GBP",
        },
        {
            "refused_file": "grants.csv",
            "refused_row": "4",
            "refused_because": "amount_not_a_number",
            "refused_columns": "amount",
            "refused_reasons": "'tbc' is not a number"
            " (write a plain number, 'a to b' or 'p05 / p50 / p95')",
            "title": "Three",
            "amount": "tbc",
            "currency": "GBP",
        },
    ]


def test_dry_run_writes_nothing_and_prints_the_map_to_copy(run, folder, tmp_path):
    before = listing(folder)
    path = file_of(tmp_path, GOOD)

    done = run(path, "--into", folder, "--dry-run")

    assert done.returncode == 0
    assert listing(folder) == before
    assert done.stdout == (
        '[columns]  # ours = theirs\ntitle = "title"\ncost = "amount"\ncurrency = "currency"\n'
    )
    (tmp_path / "MAP.toml").write_text(done.stdout, "utf-8")
    again = run(path, "--into", folder, "--columns", tmp_path / "MAP.toml")
    assert again.returncode == 0
    assert "cost        amount       given     5" in again.stderr


def test_dry_run_ends_as_the_import_would(run, folder, tmp_path):
    before = listing(folder)
    path = file_of(tmp_path, BAD)

    stopped = run(path, "--into", folder, "--dry-run")
    aside = run(path, "--into", folder, "--dry-run", "--set-aside")

    assert (stopped.returncode, aside.returncode) == (1, 0)
    for done in (stopped, aside):
        assert done.stdout.startswith("[columns]  # ours = theirs")
        assert "grants.csv, row 3, 'amount': is empty; write what it costs" in done.stderr
    assert "2 rows (1 amount missing, 1 amount not a number) would stop" in stopped.stderr
    assert "nothing written; 1 effort, GBP 5.00, would be imported" in aside.stderr
    assert listing(folder) == before


def test_rows_that_the_map_leaves_out_stand_in_nobodys_way(run, folder, tmp_path):
    path = file_of(tmp_path, "title,amount,currency\nOne,5,GBP\nTotal,,\n,5,total\n")
    (tmp_path / "MAP.toml").write_text(
        '[columns]\ntitle = "title"\ncost = "amount"\ncurrency = "currency"\n'
        '[not_efforts]\ntitle = ["total"]\ncurrency = ["Total"]\n',
        "utf-8",
    )

    done = run(path, "--into", folder, "--columns", tmp_path / "MAP.toml")

    assert done.returncode == 0
    assert "rows left out, which the map says are no efforts: 2 (row 3, 4)" in done.stderr
    assert [e.id for e in read_efforts_csv(folder / "efforts.csv").efforts] == ["one"]
    assert not (folder / "refused.csv").exists()


def test_importing_again_is_refused_row_by_row(run, folder, tmp_path):
    path = file_of(tmp_path, GOOD)
    run(path, "--into", folder)
    before = listing(folder)

    done = run(path, "--into", folder)

    assert done.returncode == 1
    assert "row 2, 'id': 'one' is in efforts.csv already" in done.stderr
    assert listing(folder) == before


def test_another_file_is_added_and_a_clash_of_made_ids_is_numbered(run, folder, tmp_path):
    run(file_of(tmp_path, GOOD), "--into", folder)
    other = file_of(tmp_path, "title,amount,currency\nOne,900,USD\nTen,7,GBP\n", "other.csv")

    done = run(other, "--into", folder)

    assert done.returncode == 0
    assert [e.id for e in read_efforts_csv(folder / "efforts.csv").efforts] == [
        "one",
        "two",
        "one-2",
        "ten",
    ]
    assert "no rate for USD" in done.stderr
    assert run(other, "--into", folder).returncode == 1


def test_id_of_the_source_that_another_effort_has_is_refused(run, folder, tmp_path):
    run(file_of(tmp_path, GOOD), "--into", folder)
    other = file_of(tmp_path, "id,title,amount,currency\none,Else,9,GBP\n", "other.csv")

    done = run(other, "--into", folder)

    assert done.returncode == 1
    assert "'one' is the id of another effort in efforts.csv" in done.stderr


def test_refused_rows_of_two_files_stand_side_by_side(run, folder, tmp_path):
    other = file_of(tmp_path, "name,cost,currency\n,5,GBP\nFour,4,GBP\n", "other.csv")
    for path in (file_of(tmp_path, BAD), other, other):
        run(path, "--into", folder, "--set-aside")

    with (folder / "refused.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [
        (row["refused_file"], row["refused_row"], row["title"], row["name"]) for row in rows
    ] == [
        ("grants.csv", "3", "Two", ""),
        ("grants.csv", "4", "Three", ""),
        ("other.csv", "2", "", ""),
        ("other.csv", "3", "", "Four"),
    ]


def test_likely_duplicates_are_told_with_reasons(run, folder, tmp_path):
    header = "title,recipient,amount,currency,date\n"
    first = file_of(tmp_path, f"{header}Study of debate,Oxford University,81402,GBP,2026-10\n")
    second = file_of(
        tmp_path, f"{header}To study debate,University of Oxford,81402,GBP,2026-10-05\n", "b.csv"
    )
    run(first, "--into", folder)

    done = run(second, "--into", folder)

    assert done.returncode == 0
    assert (
        "to-study-debate and, in the round, study-of-debate: same amount, same month"
        in " ".join(done.stderr.split())
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nowhere.csv", "--into", "my-round"], 1, "nowhere.csv: is missing"),
        (["my-round", "--into", "my-round"], 1, "is a folder"),
        (["grants.csv", "--into", "nowhere"], 1, "`custodes new nowhere` writes a blank round"),
        (["grants.csv", "--into", "grants.csv"], 1, "is not a folder"),
        (["grants.csv"], 2, "--into"),
        (["grants.csv", "--into", "my-round", "--currency", "$"], 2, "not a currency's code"),
        (["grants.csv", "--into", "my-round", "--currency", "GPB"], 2, "did you mean 'GBP'"),
        (["grants.csv", "--into", "my-round", "--sheet", "One"], 1, "has no sheets"),
        (
            ["grants.csv", "--into", "my-round", "--columns", "M.toml"],
            1,
            "`--dry-run` prints a map",
        ),
    ],
)
def test_wrong_use_is_told_in_a_sentence(words, code, told, run, tmp_path):
    file_of(tmp_path, GOOD)

    done = run(*words)

    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_round_whose_efforts_have_faults_is_left_alone(run, folder, tmp_path):
    (folder / "efforts.csv").write_text("id,title,cost\na,One,tbc\n", "utf-8")

    done = run(file_of(tmp_path, GOOD), "--into", folder)

    assert done.returncode == 1
    assert "efforts.csv, row 2, 'cost'" in done.stderr


def test_cells_cannot_steer_the_terminal(run, folder, tmp_path):
    path = file_of(tmp_path, "title,amount,currency\n\x1b[2JOne,\x1b]0;x,GBP\n")

    done = run(path, "--into", folder)

    assert done.returncode == 1
    assert "\x1b" not in done.stderr


def test_awards_of_the_uk_institute_become_a_round(run, folder):
    path = shared("data", "grants", "rounds", "uk-aisi.json")

    done = run(path, "--into", folder)

    assert done.returncode == 0
    assert done.stdout.startswith("76 efforts, GBP 27,200,000.00 (all estimated), imported into")
    efforts = read_efforts_csv(folder / "efforts.csv").efforts
    assert len(efforts) == len(json.loads(path.read_text("utf-8"))["grants"]) == 76
    assert {(e.cost_is_estimate, e.currency, e.start_precision) for e in efforts} == {
        ("yes", "GBP", "day")
    }
    assert all(e.kind_suggested or e.kind == "other" for e in efforts)


def test_file_whose_currency_is_unknown_is_asked_about(run, folder):
    path = shared("data", "grants", "messy", "OpenPhilGrants.csv")

    asked = run(path, "--into", folder)
    told = run(path, "--into", folder, "--currency", "USD", "--set-aside")

    assert asked.returncode == 1
    assert "never guessed; say it, as in --currency GBP" in " ".join(asked.stderr.split())
    assert told.stdout.startswith("2,361 efforts, USD 3,453,412,971.00, imported")
