import re

import pytest

import report_records as records
from custodes.reports._figures import (
    TALLEST,
    classes_figure,
    drivers_figure,
    mechanisms_figure,
    nets_figure,
    safest_first,
)

WORLDVIEWS = records.WORLDVIEWS


@pytest.fixture(scope="module")
def efforts():
    return records.assessment().efforts


def titles_in(drawing):
    return re.findall(r">([^<>]+)</text>", drawing)


def test_nets_are_drawn_safest_first_and_told_in_a_table(efforts):
    figure = nets_figure(efforts, worldviews=WORLDVIEWS)

    ranked = safest_first(efforts, worldview="central")
    assert [row[0] for row in figure.table.rows[:: len(WORLDVIEWS) * 2]] == [
        effort.title for effort in ranked
    ]
    assert len(figure.table.rows) == len(efforts) * len(WORLDVIEWS) * 2
    assert [name for name in titles_in(figure.drawings[0]) if name in WORLDVIEWS] == [*WORLDVIEWS]


def test_tall_figure_comes_as_drawings_with_one_scale():
    efforts = records.assessment(records.many(TALLEST + 5)).efforts

    figure = nets_figure(efforts, worldviews=WORLDVIEWS)

    assert len(figure.drawings) == 2
    scales = [
        [text for text in titles_in(drawing) if re.fullmatch(r"[+\u2212]?[\d,.]+", text)]
        for drawing in figure.drawings
    ]
    assert scales[0] == scales[1]


def test_two_titles_that_read_alike_are_told_apart():
    title = "The very same beginning of a title that is far too long, part"
    rows = tuple((f"part-{at}", f"{title} {at}", *records.EFFORTS[0][2:]) for at in ("one", "two"))

    [drawing] = nets_figure(records.assessment(rows).efforts, worldviews=WORLDVIEWS).drawings

    assert "(part-one)" in drawing
    assert "(part-two)" in drawing


@pytest.mark.parametrize("make", [classes_figure, mechanisms_figure, drivers_figure])
def test_figure_has_words_a_drawing_and_full_rows(efforts, make):
    figure = make(efforts[0], worldviews=WORLDVIEWS)

    assert figure.words
    assert figure.drawings
    assert {len(row) for row in figure.table.rows} == {len(figure.table.columns)}


def test_every_mechanism_is_drawn_even_when_it_is_zero(efforts):
    [drawing] = mechanisms_figure(efforts[0], worldviews=WORLDVIEWS).drawings

    assert "Some different mechanism" in titles_in(drawing)


def test_effort_that_nothing_drives_has_no_picture_of_it(efforts):
    still = efforts[0].model_copy(update={"drivers": {}})

    assert drivers_figure(still, worldviews=WORLDVIEWS) is None


def test_drawing_escapes_titles_and_holds_no_style_link_or_id(efforts):
    for drawing in nets_figure(efforts, worldviews=WORLDVIEWS).drawings:
        assert "&lt;/svg&gt;" in drawing
        assert drawing.count("<svg") == drawing.count("</svg>") == 1
        assert not re.search(r"<(script|a|image|style|use)\b", drawing)
        assert not re.search(r'\s(style|id|href|role|class|on\w+)="', drawing)
