"""The page of the institution's own track record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from custodes.decisions import Decision, Prediction, with_outcomes, yearly_record
from custodes.reports._edition import Edition


def published_predictions(
    edition: Edition, predictions: Sequence[Prediction], decisions: Sequence[Decision]
) -> tuple[Prediction, ...]:
    """The predictions about what is published, with the outcomes that published files tell.

    Args:
        edition: What is published.
        predictions: All there are.
        decisions: Released decisions about published efforts.
    """
    told = {
        *(f"effort:{each.id}" for each in edition.record.efforts),
        *(f"condition:{each.effort}/{one.id}" for each in decisions for one in each.condition),
        *(f"system:{each.id}" for each in edition.opened.systems),
        *(f"claim:{each.id}" for each in edition.opened.claims if each.counts),
    }
    shown = [each for each in predictions if each.about in told]
    return with_outcomes(shown, decisions, edition.opened)


def record_page(
    edition: Edition, predictions: Sequence[Prediction], today: dt.date
) -> dict[str, Any]:
    """What the page of the track record shows."""
    record = yearly_record(predictions)
    return {
        "years": [*record.years, *([record.all_years] if len(record.years) > 1 else [])],
        "predictions": predictions,
        "overdue": [each for each in predictions if each.is_overdue(today)],
        "today": today,
        "whole": edition.is_whole,
    }
