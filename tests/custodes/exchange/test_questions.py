from custodes.catalogue import QUANTITIES
from custodes.efforts import HAZARDS, KINDS, Effort
from custodes.exchange import columns_text, questions_text
from custodes.judgements import Expert, Judgement


def test_every_question_stands_in_the_questions():
    text = questions_text()

    for quantity in QUANTITIES.values():
        assert f"`{quantity.name}` | {quantity.question} | {quantity.unit} |" in text


def test_every_column_is_explained():
    text = columns_text()

    names = {*Effort.model_fields, *Judgement.model_fields, *Expert.model_fields, *KINDS, *HAZARDS}
    assert [name for name in names - {"extra", "flags"} if f"| `{name}` |" not in text] == []


def test_no_row_of_a_table_is_broken():
    for text in (questions_text(), columns_text()):
        tables = [line for line in text.splitlines() if line.startswith("|")]
        assert all(line.endswith("|") for line in tables)
        assert len(tables) > 30
