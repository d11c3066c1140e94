import pytest

from custodes.catalogue import MECHANISMS
from custodes.reports._formulas import set_formula


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("12 eta/ln(gamma)", "12 <var>\u03b7</var>/ln(<var>\u03b3</var>)"),
        ("h_1 - .1", "<var>h</var><sub>1</sub> \u2212 0.1"),
        ("f * insight_months", "<var>f</var> \u00b7 <var>insight months</var>"),
        ("a < b by a principal", "<var>a</var> &lt; <var>b</var> by a principal"),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_formula_is_set_and_safe(text, html):
    assert str(set_formula(text)) == html


@pytest.mark.parametrize("mechanism", MECHANISMS.values(), ids=lambda each: each.name)
def test_every_mechanism_has_a_formula_without_code_signs(mechanism):
    html = str(set_formula(mechanism.formula))

    assert html
    assert not {"*", "_"} & set(html)
