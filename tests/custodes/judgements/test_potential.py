import pytest

from custodes.judgements import KnownEffort, KnownPerson, potential_conflicts

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
