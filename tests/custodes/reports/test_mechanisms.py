import pytest

import report_records as records
from custodes.catalogue import MECHANISMS
from custodes.reports._mechanisms import INCREASES, contributions, tell_parts


def test_every_mechanism_has_a_short_name_in_the_order_of_results():
    assert list(INCREASES) == list(MECHANISMS)


@pytest.mark.parametrize("effort", records.assessment().efforts, ids=lambda each: each.id)
def test_contributions_add_up_to_net(effort):
    for found in effort.worldviews.values():
        for result in (found.before, found.after):
            total = sum(part.mean for part in contributions(result).values())

            assert total == pytest.approx(result.net.mean, abs=1e-15)


def test_benefit_is_told_as_safer():
    result = records.assessment().efforts[0].worldviews["central"].before

    assert result.benefit.accident.mean > 0
    assert tell_parts(result)["benefit.accident"].word == "safer"
