import datetime as dt

import pytest

from custodes.judgements import (
    KnownEffort,
    KnownPerson,
    KnownTie,
    OrganisationNames,
    UnwantedJudge,
    potential_conflicts,
)

ADA = KnownPerson(name="Ada Lovelace", mail="ada@cs.analytical.org", organisations=("Engine Lab",))


@pytest.mark.parametrize(
    ("known", "rule", "type_"),
    [
        ({"mails": ("x@analytical.org",)}, "mail domain", "same_organisation"),
        ({"mails": ("x@cs.analytical.org",)}, "mail domain", "same_organisation"),
        ({"organisations": ("The Engine Laboratory",)}, "organisation", "same_organisation"),
        ({"organisations": ("Engine Lab, Turin",)}, "organisation", "same_organisation"),
        (
            {"text": "Builds on notes by ada lovelace, 1843."},
            "named in the application",
            "collaborator",
        ),
    ],
)
def test_what_ties_a_person_to_an_effort_is_found(known, rule, type_):
    (found,) = potential_conflicts(ADA, [KnownEffort(effort="first", **known)])

    assert (found.effort, found.rule, found.type) == ("first", rule, type_)
    assert found.evidence


@pytest.mark.parametrize(
    ("person", "known"),
    [
        (KnownPerson(name="Ada Lovelace", mail="ada@gmail.com"), {"mails": ("x@gmail.com",)}),
        (ADA, {"mails": ("x@analytical.com", "")}),
        (ADA, {"mails": ("x@notanalytical.org",)}),
        (ADA, {"organisations": ("Another Lab", "")}),
        (ADA, {"text": "Ada, and also Lovelace"}),
        (KnownPerson(name="Al"), {"text": "al dente"}),
        (KnownPerson(name="", organisations=("",)), {"organisations": ("",), "text": "words"}),
    ],
)
def test_what_proves_nothing_is_not_found(person, known):
    found = potential_conflicts(person, [KnownEffort(effort="first", **known)])

    assert found == ()


def test_findings_stand_in_the_order_of_the_efforts():
    efforts = [KnownEffort(effort=name, organisations=("Engine Lab",)) for name in ("b", "a", "c")]

    found = potential_conflicts(ADA, efforts)

    assert [each.effort for each in found] == ["b", "a", "c"]


TABLE = OrganisationNames.from_lines("UCL = University College London = ucl.ac.uk\nalone\n")


@pytest.mark.parametrize(
    ("person", "known", "rule", "strength"),
    [
        (
            {"organisations": ("UCL",)},
            {"organisations": ("University College London",)},
            0,
            "hard",
        ),
        ({"mail": "a@cs.ucl.ac.uk"}, {"organisations": ("UCL",)}, 1, "hard"),
        ({"organisations": ("UCL",)}, {"mails": ("x@cs.ucl.ac.uk",)}, 1, "hard"),
        (
            {"organisations": ("Engine Lab",)},
            {"organisations": ("Engine Institute",)},
            0,
            "hard",
        ),
        ({"organisations": ("Engine Lab",)}, {"organisations": ("Engine, Turin",)}, 0, "soft"),
        ({"aliases": ("A. A. L.",)}, {"people": ("a a l",)}, 2, "hard"),
        ({"aliases": ("Countess Ada",)}, {"text": "with countess ada's help"}, 3, "soft"),
        ({"applied_for": ("first",)}, {}, 4, "hard"),
        ({"applied_for": ("second", "third")}, {}, 5, "hard"),
        ({}, {"unwanted": (UnwantedJudge(name="ada lovelace", type="close"),)}, 6, "soft"),
    ],
)
def test_every_rule_says_how_sure_it_is(person, known, rule, strength):
    rules = (
        *("organisation", "mail domain", "named as who applied", "named in the application"),
        *("applied for it", "applied in this round", "named by the applicant"),
    )
    who = KnownPerson(**{"name": "Ada Lovelace", **person})

    (found,) = potential_conflicts(
        who, [KnownEffort(effort="first", **known)], organisations=TABLE
    )

    assert (found.rule, found.strength) == (rules[rule], strength)


@pytest.mark.parametrize(
    ("person", "known"),
    [
        ({"organisations": ("UCL",)}, {"organisations": ("Imperial College London",)}),
        ({"mail": "a@gmail.com"}, {"organisations": ("UCL",), "mails": ("x@ucl.ac.uk",)}),
        ({"mail": "a@notucl.ac.uk"}, {"organisations": ("UCL",)}),
        ({"name": "Ada King"}, {"unwanted": (UnwantedJudge(name="Ada", type="close"),)}),
    ],
)
def test_the_alias_table_ties_nobody_else(person, known):
    who = KnownPerson(**{"name": "Ada Lovelace", **person})

    found = potential_conflicts(who, [KnownEffort(effort="first", **known)], organisations=TABLE)

    assert found == ()


TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("type_", "ended", "counts_as"),
    [
        ("employer", None, "employer"),
        ("employer", TODAY, "employer"),
        ("employer", dt.date(2026, 11, 23), "employed_within_3_years"),
        ("employer", dt.date(2023, 11, 24), "employed_within_3_years"),
        ("employer", dt.date(2023, 11, 23), None),
        ("coauthor_within_3_years", dt.date(2024, 1, 1), "coauthor_within_3_years"),
        ("coauthor_within_3_years", dt.date(2020, 1, 1), None),
        ("advisor_or_student", dt.date(1990, 1, 1), "advisor_or_student"),
        ("collaborator", dt.date(2026, 1, 1), None),
        ("collaborator", None, "collaborator"),
        ("funder", dt.date(2026, 11, 23), None),
    ],
)
def test_a_tie_counts_as_long_as_its_sort_says(type_, ended, counts_as):
    tie = KnownTie(type=type_, with_="Charles Babbage", to=ended)
    ada = KnownPerson(name="Ada Lovelace", ties=(tie,))

    found = potential_conflicts(
        ada, [KnownEffort(effort="first", people=("Charles Babbage",))], on=TODAY
    )

    assert [each.type for each in found] == [counts_as] * (counts_as is not None)


def test_a_tie_that_ended_on_the_29th_of_february_counts_three_years():
    tie = KnownTie(type="employer", with_="Engine Lab", to=dt.date(2024, 2, 29))

    assert tie.counts_as(dt.date(2027, 2, 28)) == "employed_within_3_years"
    assert tie.counts_as(dt.date(2027, 3, 1)) is None


@pytest.mark.parametrize(
    ("known", "strength"),
    [
        ({"people": ("charles babbage",)}, "hard"),
        ({"organisations": ("Charles Babbage",)}, "hard"),
        ({"text": "as Charles Babbage has shown"}, "soft"),
    ],
)
def test_a_declared_tie_is_sure_with_who_applied_and_unsure_in_the_text(known, strength):
    tie = KnownTie(type="coauthor_within_3_years", with_="Charles Babbage")
    ada = KnownPerson(name="Ada Lovelace", ties=(tie,))

    (found,) = potential_conflicts(ada, [KnownEffort(effort="first", **known)])

    assert (found.rule, found.type, found.strength) == (
        "declared tie",
        "coauthor_within_3_years",
        strength,
    )
