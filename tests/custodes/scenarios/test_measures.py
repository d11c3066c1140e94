import pytest

from custodes.scenarios import ValleyInputs, measures_on, run

RACE = {"rival_deploys": 0.5, "rents_lost": 0.5, "deployers": 5}


def by_name(measures):
    return {each.measure: each for each in measures}


def test_every_measure_narrows_a_valley_with_rivals_and_lowers_its_risk():
    measures = measures_on(ValleyInputs(**RACE))

    assert [each.measure for each in measures] == [
        "a licence",
        "a windfall clause",
        "liability",
        "fewer deployers",
        "less race",
    ]
    assert all(each.width_change < 0 and each.peak_risk_change < 0 for each in measures)
    assert all(each.trade_off and each.source for each in measures)


def test_a_measure_shows_what_setting_its_keys_shows():
    before = run("valley", RACE)

    for each in before.measures:
        if each.set:
            after = run("valley", RACE | each.set).outputs
            assert each.width_logit_first_deployer == after.width_logit_first_deployer
            assert each.peak_risk == after.peak_risk
            assert each.width_change == pytest.approx(
                after.width_logit_first_deployer - before.outputs.width_logit_first_deployer
            )


def test_where_there_is_nothing_to_take_away_nothing_changes():
    measures = by_name(measures_on(ValleyInputs()))

    assert measures["fewer deployers"].width_change == 0
    assert measures["fewer deployers"].change == "deployers stays 1"
    assert measures["less race"].peak_risk_change == 0


def test_the_reading_names_the_measure_that_does_most():
    record = run("valley", RACE)

    best = min(record.measures, key=lambda each: each.width_change)
    assert f"{best.measure} narrows the valley most" in record.reading


def test_without_a_threshold_the_figures_are_null():
    measures = measures_on(ValleyInputs(rival_deploys=1))

    assert {each.width_change for each in measures if each.measure != "less race"} == {None}
    assert by_name(measures)["less race"].width_logit_first_deployer is not None


def test_only_the_valley_has_measures():
    assert run("race").measures == ()
