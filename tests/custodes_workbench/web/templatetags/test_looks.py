import re
from pathlib import Path

import pytest
from django import forms

import custodes_workbench
from custodes_workbench.web.templatetags.looks import options

FORM = re.compile(r"<form\b(?:[^>{]|\{%.*?%\}|\{\{.*?\}\})*>", re.DOTALL)


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


def test_no_form_leaves_it_to_the_browser_to_say_what_is_wrong():
    """The browser's own messages come before ours, one at a time, and name no cure."""
    home = Path(custodes_workbench.__file__).parent
    found = [
        (path.name, form)
        for path in home.rglob("templates/**/*.html")
        for form in FORM.findall(path.read_text("utf-8"))
    ]

    assert len(found) > 100
    assert [
        each for each in found if 'method="post"' in each[1] and "novalidate" not in each[1]
    ] == []
