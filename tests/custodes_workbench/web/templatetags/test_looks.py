import pytest
from django import forms

from custodes_workbench.web.templatetags.looks import options


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect), "govuk-radios__input"),
        (
            forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple),
            "govuk-checkboxes__input",
        ),
    ],
)
def test_every_option_is_dressed(field, name):
    form = type("AForm", (forms.Form,), {"field": field})()

    (option,) = options(form["field"])

    assert f'class="{name}"' in option.tag()
