"""Worldviews from tables: the three presets, and an institution's own over one of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import ValidationError

from custodes import catalogue
from custodes.errors import Fault, InputError
from custodes.quantities import Assumption
from custodes.records import as_entries, faults_of
from custodes.worldviews._correlation import factor_of
from custodes.worldviews._worldview import Correlation, Worldview

PRESETS = ("central", "sanguine", "cautious")
"""Names of the presets; `sanguine` and `cautious` are a bracket, not a 90 % interval."""

SCHEMA = "custodes/worldview/1"
_KEYS = ("schema", "title", "summary", "base", "horizon", "quantities", "correlation")


@cache
def preset(name: str) -> Worldview:
    """The preset of that name.

    Raises:
        KeyError: There is no such preset.
    """
    if name not in PRESETS:
        raise KeyError(name)
    table = tomllib.loads(
        (files("custodes.worldviews") / "presets" / f"{name}.toml").read_text("utf-8")
    )
    return Worldview(
        name=name,
        title=table["title"],
        summary=table["summary"],
        base=name,
        horizon=table["horizon"],
        quantities={
            quantity.name: Assumption.model_validate(table["quantities"][quantity.name])
            for quantity in catalogue.quantities_of("world")
        },
    )


def worldview_from(name: str, table: Mapping[str, Any], *, file: str) -> Worldview:
    """A worldview as a file states it; what it leaves out is its base's.

    Args:
        name: The file's name without its ending.
        table: What the file says.
        file: The file, as the person named it, for the faults.

    Raises:
        InputError: Unknown keys or quantities, amounts that cannot be, an unknown base, or rank
            correlations that no quantities can have; all of them.
    """
    faults = catalogue.faults_of_frame(table, schema=SCHEMA, keys=_KEYS)
    base = table.get("base", "central")
    if base not in PRESETS:
        faults.append(
            Fault(
                message=f"{base!r} is not a preset",
                cure=catalogue.nearest(str(base), PRESETS),
                field="base",
            )
        )
        base = "central"
    quantities, found = catalogue.written_quantities(
        table.get("quantities", {}), owner="world", whose="the world", header="[quantities]"
    )
    correlations, more = _correlations(table.get("correlation", []))
    faults += [*found, *more]
    worldview = None
    apart = {name: quantities.pop(name) for name in catalogue.VIEWS_APART if name in quantities}
    try:
        worldview = Worldview(
            name=name,
            title=table.get("title", name),
            summary=table.get("summary", ""),
            base=base,
            horizon=table.get("horizon", 2050),
            quantities=preset(base).quantities | quantities,
            correlations=correlations,
            **apart,
        )
    except ValidationError as error:
        faults += faults_of(error)
    if faults or worldview is None:
        raise InputError(fault.at(file=file) for fault in faults)
    return worldview


def _correlations(stated: object) -> tuple[tuple[Correlation, ...], list[Fault]]:
    correlations: list[Correlation] = []
    faults: list[Fault] = []
    for number, table in enumerate(as_entries(stated), start=1):
        place = f"correlation {number}"
        try:
            correlation = Correlation.model_validate(table)
        except ValidationError as error:
            faults += [fault.at(field=f"{place}, {fault.field}") for fault in faults_of(error)]
            continue
        pair = (correlation.a, correlation.b)
        unknown = [name for name in pair if name not in catalogue.QUANTITIES]
        owners = {catalogue.QUANTITIES[name].owner for name in pair if name not in unknown}
        if unknown:
            faults.append(
                Fault(
                    message=f"{unknown[0]!r} is not a quantity",
                    cure=catalogue.nearest(unknown[0], tuple(catalogue.QUANTITIES)),
                    field=place,
                )
            )
        elif len(owners) > 1 or pair[0] == pair[1]:
            faults.append(
                Fault(
                    message=f"{pair[0]} and {pair[1]} cannot be correlated",
                    cure="name two different quantities of one owner: effort, system or world",
                    field=place,
                )
            )
        else:
            correlations.append(correlation)
    if not faults:
        try:
            for owner in ("effort", "system", "world"):
                factor_of(tuple(correlations), owner)
        except InputError as error:
            faults += error.faults
    return tuple(correlations), faults
