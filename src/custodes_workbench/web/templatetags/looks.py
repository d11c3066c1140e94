"""How a form's field is dressed."""

from __future__ import annotations

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.ClearableFileInput, "govuk-file-upload"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Widget, "govuk-input"),
)


@register.filter
def kind(field: BoundField) -> str:
    """`choices` for radios and check boxes, `tick` for one box, `line` for the rest."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "line"


@register.filter
def many(field: BoundField) -> bool:
    """Whether several can be chosen."""
    return isinstance(field.field.widget, forms.CheckboxSelectMultiple)


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The field's control with its class, its hint and its error tied to it."""
    widget = field.field.widget
    name = next(name for kind_, name in _CLASSES if isinstance(widget, kind_))
    error = f" {name}--error" if field.errors else ""
    attributes: dict[str, str | bool] = {
        "class": f"{name}{error} {widget.attrs.get('class', '')}".strip()
    }
    if field.help_text:
        attributes["aria-describedby"] = f"{field.id_for_label}-hint"
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


@register.filter
def alone(field: BoundField, row: str) -> SafeString:
    """The field's control in a table, where its hint stands in the heading of the row."""
    attributes: dict[str, str | bool] = {
        "class": "govuk-input govuk-input--width-10",
        "aria-describedby": f"{row}-hint",
    }
    if field.errors:
        attributes |= {
            "class": f"{attributes['class']} govuk-input--error",
            "aria-invalid": "true",
        }
    return field.as_widget(attrs=attributes)


@register.filter
def options(field: BoundField) -> list[BoundWidget]:
    """The radios or check boxes of a field, each with its class."""
    name = "govuk-checkboxes__input" if many(field) else "govuk-radios__input"
    found = list(field.subwidgets)
    for each in found:
        each.data["attrs"]["class"] = name
    return found


@register.filter
def words(name: str) -> str:
    """A name as a person reads it: `advisor_or_student` is three words."""
    return name.replace("_", " ")
