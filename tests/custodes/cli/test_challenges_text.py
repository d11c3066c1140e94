from custodes.assessment import assess
from custodes.challenges import Challenge
from custodes.cli._challenges_text import challenges_text
from round_records import a_round, an_effort, answers


def the_round(*challenges):
    return a_round(
        an_effort("an-effort-with-a-name-that-is-longer-than-a-column"),
        judgements=answers("an-effort-with-a-name-that-is-longer-than-a-column", accident_cut=0.1),
        challenges=challenges,
        samples=64,
    )


def a_challenge(**fields):
    return Challenge.model_validate(
        {
            "id": "c1",
            "effort": "an-effort-with-a-name-that-is-longer-than-a-column",
            "by": "red team",
            "text": "Too much.",
            "status": "open",
        }
        | fields
    )


def test_a_number_is_told_in_a_line_that_fits():
    challenge = a_challenge(quantity="accident_cut", p05=-1.0, p50=-1.0, p95=-1.0)

    text = challenges_text(assess(the_round(challenge)))

    assert max(map(len, text.splitlines())) <= 100
    assert "c1 (open)         an-effort-with-a-name-that-i " in text
    assert "100%" in text


def test_nothing_is_told_where_no_challenge_carries_a_number():
    assert challenges_text(assess(the_round(a_challenge()))) == ""
