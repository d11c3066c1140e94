"""A kind is suggested from words that stand in the text, or not at all."""

import pytest

from custodes.efforts import KINDS, suggest_kind

ONE_OF_EACH = [
    ("power_averseness", "Agents that accept correction and do not seek power"),
    ("honest_ai", "Making assistants truthful about what they are unsure of"),
    ("anomaly_detection", "Anomaly detection for deployed systems that meet unfamiliar inputs"),
    ("model_organisms", "Model organisms of misalignment in small networks"),
    ("interpretability", "Sparse autoencoders for reading the circuits of a network"),
    ("evaluations", "A benchmark for dangerous capabilities of coding agents"),
    ("preference_training", "Reward models learnt from human feedback of many cultures"),
    ("scalable_oversight", "Debate between models before judges who know less than they do"),
    ("robustness", "Adversarial training against jailbreaks"),
    ("control", "Monitoring untrusted agents with a weaker, trusted model"),
    ("agent_foundations", "Decision theory for embedded agents"),
    ("governance_research", "Liability law for developers of frontier models"),
    ("infrastructure", "A shared compute cluster and open source tools for safety teams"),
    ("field_building", "A summer school and stipends for newcomers to alignment"),
    (
        "broad_programme",
        "A funding call for projects in interpretability, control and evaluations",
    ),
    ("other", "A public campaign with leaflets on the dangers of superintelligence"),
]

MORE_THAN_ONE_KIND = [
    ("field_building", "A workshop on mechanistic interpretability for physicists"),
    ("field_building", "Six months of upskilling in machine learning, then interpretability"),
    ("governance_research", "Policy options for the evaluation of frontier models"),
    ("interpretability", "A stipend for a doctoral student who studies attention heads"),
    ("control", "Control protocols and their evaluation on sabotage tasks"),
]


@pytest.mark.parametrize(("kind", "text"), ONE_OF_EACH + MORE_THAN_ONE_KIND)
def test_a_plain_text_gets_its_kind(kind, text):
    suggestion = suggest_kind(text)

    assert suggestion.kind == kind


def test_the_texts_above_cover_every_kind():
    assert tuple(kind for kind, _ in ONE_OF_EACH) == KINDS


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "General support",
        "Operating costs",
        "2024 Class",
        "対話システムの安全性",
        "Untersuchung der inneren Vorgänge großer Sprachmodelle",
        "Zwei Jahre Grundlagenarbeit",
        "\x00\ud800 💥",
    ],
)
def test_a_text_that_says_nothing_gets_no_kind(text):
    suggestion = suggest_kind(text)

    assert (suggestion.kind, suggestion.words, suggestion.confidence) == (None, (), "none")
    assert "a person has to choose" in suggestion.why


@pytest.mark.parametrize(
    "text",
    [
        "Safe driving course for teenagers",
        "Vaccination programme for cattle",
        "Regulation of water pollution by farms",
    ],
)
def test_another_trade_is_other_although_its_words_sound_like_ours(text):
    suggestion = suggest_kind(text)

    assert suggestion.kind == "other"


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Quality control and access control for a bakery", "control"),
        ("A randomised controlled trial with a control group", "control"),
        ("Policy gradient methods", "governance_research"),
        ("Extending a scaling law", "governance_research"),
        ("A study of training data", "field_building"),
        ("Salary and compute", "infrastructure"),
    ],
)
def test_a_phrase_that_only_looks_like_a_tell_tale_is_silent(text, never):
    suggestion = suggest_kind(text)

    assert suggestion.kind != never


def test_work_on_alignment_in_general_is_other_and_only_close():
    suggestion = suggest_kind("Salary to continue AI safety research for six months")

    assert (suggestion.kind, suggestion.confidence) == ("other", "close")
    assert "no line of work is named" in suggestion.why


def test_a_group_that_names_no_one_line_is_a_broad_programme():
    suggestion = suggest_kind("Salaries at a new research group for AI alignment research")

    assert suggestion.kind == "broad_programme"


def test_a_doctorate_is_field_building_only_where_no_subject_is_named():
    assert suggest_kind("PhD scholarship top-up").kind == "field_building"
    assert suggest_kind("PhD on jailbreaks").kind == "robustness"


def test_words_reported_stand_in_the_text_where_they_are_said_to_stand():
    title = "Red-teaming  Agents"
    description = "Stress tests of «deceptive» behaviour, with a detector of hidden lies."

    suggestion = suggest_kind(title, description)

    where = {"title": title, "description": description}
    told = suggestion.words + suggestion.runner_up_words
    assert told
    assert all(word.text in where[word.place] for word in told)
    assert all(word.kind == suggestion.kind for word in suggestion.words)
    assert all(word.kind == suggestion.runner_up for word in suggestion.runner_up_words)


def test_the_reason_quotes_the_words_and_names_the_kind():
    suggestion = suggest_kind("Jailbreaks of chat models")

    assert suggestion.why == '"Jailbreaks" speaks for robustness.'


def test_a_close_call_names_the_other_kind():
    suggestion = suggest_kind("Interpretability and robustness and anomalies")

    assert suggestion.confidence == "close"
    assert suggestion.runner_up is not None
    assert suggestion.runner_up in suggestion.why


def test_a_word_counts_for_more_in_the_title():
    described = suggest_kind("Interpretability", "Robustness of vision models")
    turned = suggest_kind("Robustness of vision models", "Interpretability")

    assert (described.kind, turned.kind) == ("interpretability", "robustness")


def test_it_does_not_matter_which_field_holds_the_only_text():
    for _, text in ONE_OF_EACH:
        assert suggest_kind(text).kind == suggest_kind("", text).kind


def test_a_repeated_word_counts_once():
    once = suggest_kind("", "Debate and jailbreaks")
    often = suggest_kind("", "Debate and jailbreaks, jailbreaks, jailbreaks")

    assert once.kind == often.kind == "scalable_oversight"
    assert once.margin == often.margin


def test_british_and_american_spelling_say_the_same():
    british = suggest_kind("Organised field-building programme on behavioural evaluations")
    american = suggest_kind("Organized field-building program on behavioral evaluations")

    assert (british.kind, british.margin) == (american.kind, american.margin)


def test_the_same_text_gives_the_same_suggestion():
    text = "Monitors, debate, interpretability, policy and a workshop"

    assert suggest_kind(text) == suggest_kind(text)


@pytest.mark.parametrize("piece", ["a", "word ", "safety ", "misaligned models train "])
def test_of_a_very_long_text_only_the_beginning_is_read(piece):
    beginning = piece * (20_000 // len(piece) + 1)
    whole = beginning + piece * (1_000_000 // len(piece)) + " jailbreaks"

    assert suggest_kind("", whole) == suggest_kind("", beginning)
