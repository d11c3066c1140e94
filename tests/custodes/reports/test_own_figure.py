import custodes
from custodes.assessment import by_expert
from custodes.reports import own_figure
from custodes.reports._numbers import tell_risk
from round_records import a_round, an_effort, answers

VIEWS = ("central",)


def drawn(*judgements):
    result = custodes.assess(
        a_round(an_effort("first", kind="evaluations"), judgements=judgements)
    )
    own = by_expert(result)
    return result.effort("first"), own, own_figure(result.effort("first"), own, worldviews=VIEWS)


def test_every_expert_and_all_together_have_a_row_of_numbers():
    effort, own, figure = drawn(
        *answers("first", "a", success=0.2), *answers("first", "b", success=0.9)
    )

    means = {row[0]: row[2] for row in figure.table.rows}
    assert means == {
        **{each.expert: tell_risk(each.net).mean for each in own},
        "all together": tell_risk(effort.worldview("central").after.net).mean,
    }
    assert figure.drawings[0].startswith("<svg")
    assert "style=" not in figure.drawings[0]


def test_one_expert_alone_is_not_drawn():
    assert drawn(*answers("first", "a", success=0.2))[2] is None
