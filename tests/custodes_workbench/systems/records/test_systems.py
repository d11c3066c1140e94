import pytest

from custodes import catalogue
from custodes.quantities import Assumption
from custodes.systems import BUILT_IN
from custodes_workbench.systems.records.systems import GROUPS, groups_of, safety_told


def test_every_quantity_of_a_system_has_its_place():
    placed = [name for names in GROUPS.values() for name in names]

    assert sorted(placed) == sorted(each.name for each in catalogue.quantities_of("system"))


def test_safety_is_told_as_a_probability():
    """Log-odds of 0 are even odds; of ln 3 and ln 99 they are 3 in 4 and 99 in 100."""
    amount = Assumption(p05=0, p50=1.0986122886681098, p95=4.59511985013459)
    system = BUILT_IN.model_copy(
        update={"quantities": {**BUILT_IN.quantities, "safety_logit": amount}}
    )

    assert safety_told(system) == pytest.approx((0.5, 0.75, 0.99))


def test_what_the_round_says_itself_is_marked():
    own = Assumption(p05=0.4, p50=0.5, p95=0.6, reason="Seen.")
    system = BUILT_IN.model_copy(update={"quantities": {**BUILT_IN.quantities, "rollback": own}})

    marked = {
        each.quantity.name: each.is_own for group in groups_of(system) for each in group.told
    }

    assert [name for name, is_own in marked.items() if is_own] == ["rollback"]
