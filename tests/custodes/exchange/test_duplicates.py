import csv

import pytest

from custodes.exchange import GrantTrace, likely_duplicates
from custodes.exchange._names import likeness
from shared_files import shared

MONTH = 12 * 2024 + 6


def trace(name="A Lab", amount=250_000, **more):
    settings = {"id": name, "text": "Debate as oversight", "months": (MONTH, MONTH)} | more
    return GrantTrace(name=name, amount=amount, **settings)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Centre for the Governance of AI", "Center for the Governance of AI (GovAI)"),
        ("University of Oxford", "Oxford University"),
        ("MIT Media Lab", "Massachusetts Institute of Technology Media Lab"),
        ("Mila", "Montreal Institute for Learning Algorithms"),
        (
            "Foundation for Food and Agriculture Research",
            "Foundation for Food and Agricultural Research",
        ),
        ("Two People & Others", "Two People and Others"),
        ("Redwood Research Group Inc.", "Redwood Research"),
        ("First Person", "First Person|Second Person|Third Person"),
        ("Z\u00fcrich Lab", "Zurich Lab"),
        (
            "California State University&#044; San Jos\u00e9",
            "California State University, San Jose",
        ),
    ],
)
def test_names_of_one_body_are_seen_to_be_alike(one, two):
    assert likeness(one, two)[0] >= 0.8
    assert likeness(two, one)[0] >= 0.8


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("University of Oxford", "University of Cambridge"),
        ("Mercy For Animals", "The Humane League"),
        ("Center for AI Safety", "Center for Global Development"),
    ],
)
def test_names_of_two_bodies_are_not_alike(one, two):
    assert likeness(one, two)[0] < 0.5


def test_same_grant_told_by_two_sources_is_found_with_its_reasons():
    first = trace("University of Oxford", text="Debate as scalable oversight of language models")
    second = trace("Oxford University", text="To study debate as scalable oversight", id="b")

    pairs = likely_duplicates([first], [second])

    assert [(pair.first, pair.second) for pair in pairs] == [("University of Oxford", "b")]
    assert pairs[0].reasons == (
        "same amount",
        "same month",
        "same words in the name",
        "texts share telling words",
    )


@pytest.mark.parametrize(
    "other",
    [
        trace(amount=900_000),
        trace(months=(MONTH + 7, MONTH + 7)),
        trace("The Humane League", text="Hens without cages"),
        trace(currency="EUR"),
    ],
    ids=["amount", "time", "name", "currency"],
)
def test_what_one_grant_cannot_differ_in_is_no_duplicate(other):
    assert likely_duplicates([trace(currency="GBP")], [other]) == ()


def test_original_amount_is_compared_too():
    first = trace(amount=204_000, currency="GBP")
    second = trace(amount=250_000, currency="USD", original=(204_000, "GBP"), id="b")

    assert len(likely_duplicates([first], [second])) == 1


def test_equal_estimates_say_little():
    first = trace(text="Proofs", estimated=True)
    second = trace(text="Bounties", estimated=True, id="b")

    assert likely_duplicates([first], [second]) == ()


def test_each_record_is_in_one_pair_at_most():
    first = [trace(id="a1"), trace(id="a2")]
    second = [trace(id="b1")]

    assert [(pair.first, pair.second) for pair in likely_duplicates(first, second)] == [
        ("a1", "b1")
    ]


def test_anonymous_is_nobody():
    first = trace("(Anonymous)", text="Stipend")
    second = trace("(Anonymous)", text="Course", id="b")

    assert likely_duplicates([first], [second]) == ()


def test_within_one_source_only_a_near_copy_of_one_funder_counts():
    text = "Twelve months of work on interpretability of vision models by two people"
    twin = {"amount": 81_402, "text": text, "funder": "A Fund"}
    records = [
        trace(id="1", **twin),
        trace(id="2", **twin),
        trace(id="3", **(twin | {"funder": "Another Fund"})),
        trace(id="4", **(twin | {"text": "Travel"})),
    ]

    assert [(pair.first, pair.second) for pair in likely_duplicates(records)] == [("1", "2")]


def month(date):
    number = 12 * int(date[:4]) + int(date[5:7]) - 1
    return number, number


def sides(rows):
    for side, text in (("a", "title"), ("b", "purpose")):
        keys = {
            tuple(row[f"{side}_{name}"] for name in ("grantee", text, "amount", "date"))
            for row in rows
        }
        yield [
            GrantTrace(
                id="\x1f".join(key),
                name=key[0],
                text=key[1],
                amount=float(key[2]),
                currency="USD",
                months=month(key[3]),
            )
            for key in sorted(keys)
        ]


def found_and_wrong(rows):
    first, second = sides(rows)
    labelled = {
        tuple(
            "\x1f".join(row[f"{side}_{name}"] for name in ("grantee", text, "amount", "date"))
            for side, text in (("a", "title"), ("b", "purpose"))
        )
        for row in rows
    }
    links = {(pair.first, pair.second) for pair in likely_duplicates(first, second)}
    return len(links & labelled), len(links - labelled)


def test_curated_pairs_are_found_better_than_by_the_plain_key():
    path = shared("data", "grants", "matching", "duplicate_pairs_dev.csv")
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines(keepends=True)))
    sure = [row for row in rows if not row["label_doubt"]]

    found, wrong = found_and_wrong(sure)

    assert found_and_wrong(rows)[0] > 254
    assert found > 246
    assert wrong <= 0.01 * (found + wrong)


def test_many_records_of_one_amount_and_year_are_split_by_name():
    records = [
        trace(f"Lab number {n}", amount=10_000, id=str(n), months=(MONTH, MONTH + 11), text="")
        for n in range(20_000)
    ]

    pairs = likely_duplicates(records)

    assert pairs == ()
