import pytest

from custodes.evidence import Audit, capability_levels, levels_told, outcome_of
from custodes.systems import System


def outcome(id_, system, found):
    return outcome_of(
        Audit.model_validate(
            {
                "id": id_,
                "system": system,
                "hazards": ("power_seeking",),
                "reference": {"address": "held elsewhere", "sha256": "0" * 64},
                "outcome": found,
                "outcome_by": "An assessor",
                "outcome_reason": "looked",
            }
        )
    )


SYSTEMS = (
    System(id="small", title="Small", capability=23),
    System(id="large", title="Large", capability=26),
    System(id="unknown", title="Unknown"),
)


@pytest.mark.parametrize(
    ("audits", "told"),
    [
        ([], "No audit is said"),
        ([("x", "unknown", "no_finding")], "Nobody stated how capable"),
        ([("x", "small", "inconclusive")], "Nothing can be concluded"),
        ([("x", "small", "no_finding")], "at one level of capability (23)"),
        ([("x", "small", "no_finding"), ("y", "large", "no_finding")], "from capability 23 to 26"),
        ([("x", "small", "no_finding"), ("y", "large", "finding")], "did not hold"),
        ([("x", "small", "finding"), ("y", "large", "finding")], "at capability 23 already"),
        ([("x", "small", "finding"), ("y", "large", "no_finding")], "at capability 23 already"),
    ],
)
def test_what_audits_at_several_levels_say_of_more_capable_systems(audits, told):
    outcomes = [outcome(*each) for each in audits]

    levels = capability_levels(outcomes, SYSTEMS)

    assert told in levels_told(levels, audits=len(outcomes))
    assert [each.capability for each in levels] == sorted({each.capability for each in levels})
