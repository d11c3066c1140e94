"""A round as the files of its folder, such that reading them gives the same round."""

from __future__ import annotations

from typing import Any

from custodes import catalogue
from custodes.exchange._calibration_file import calibration_as_csv
from custodes.exchange._challenges_file import challenges_as_csv
from custodes.exchange._claims_file import claims_as_csv
from custodes.exchange._conflicts_file import conflicts_as_csv
from custodes.exchange._corrections_file import corrections_as_toml
from custodes.exchange._efforts_file import efforts_as_csv
from custodes.exchange._evidence_file import audits_as_toml
from custodes.exchange._experts_file import experts_as_csv
from custodes.exchange._judgements_file import judgements_as_csv
from custodes.exchange._toml_text import toml_text
from custodes.mitigations import Mitigation, library
from custodes.quantities import Amount, Assumption
from custodes.rounds import Round, RoundSettings
from custodes.systems import System
from custodes.worldviews import PRESETS, Worldview, preset


def round_files(round_: Round) -> dict[str, str]:
    """The text of every file of a round's folder, by its name in the folder.

    `read_round` on these files gives a round with the same inputs. What is as it ships (a preset,
    a mitigation of the library) is not written; an empty part has no file. Audit files are not
    text of ours: whoever writes a round with audits copies them into `evidence/` beside it.

    Args:
        round_: The round.
    """
    views = [
        each for each in round_.worldviews if each.name not in PRESETS or each != preset(each.name)
    ]
    files = {
        "round.toml": settings_as_toml(round_.settings),
        "efforts.csv": efforts_as_csv(round_.efforts),
        **{f"worldviews/{each.name}.toml": worldview_as_toml(each) for each in views},
    }
    if round_.systems:
        files["systems.toml"] = systems_as_toml(round_.systems)
    if round_.mitigations != tuple(library().values()):
        files["mitigations.toml"] = mitigations_as_toml(round_.mitigations)
    if round_.corrections:
        files["corrections.toml"] = corrections_as_toml(round_.corrections)
    if round_.audits:
        files["evidence/evidence.toml"] = audits_as_toml(round_.audits)
    rows = {
        "judgements.csv": judgements_as_csv(round_.judgements) if round_.judgements else "",
        "experts.csv": experts_as_csv(round_.experts) if round_.experts else "",
        "conflicts.csv": conflicts_as_csv(round_.conflicts) if round_.conflicts else "",
        "calibration.csv": calibration_as_csv(round_.calibration) if round_.calibration else "",
        "claims.csv": claims_as_csv(round_.claims) if round_.claims else "",
        "challenges.csv": challenges_as_csv(round_.challenges) if round_.challenges else "",
    }
    return files | {name: text for name, text in rows.items() if text}


def settings_as_toml(settings: RoundSettings) -> str:
    """`round.toml`: what was set, without what is as it ships.

    Args:
        settings: The round's settings.
    """
    told = settings.model_dump(exclude_defaults=True)
    always = settings.model_dump(include={"samples", "seed", "worldviews", "horizon", "verdict"})
    return toml_text({"schema": "custodes/round/1", **told, **always})


def worldview_as_toml(view: Worldview) -> str:
    """`worldviews/NAME.toml`, with every quantity and its ground.

    Args:
        view: The worldview.
    """
    told: dict[str, Any] = {
        "schema": "custodes/worldview/1",
        **view.model_dump(include={"title", "summary", "base", "horizon"}),
        "quantities": {name: _assumption(each) for name, each in view.quantities.items()},
    }
    usual = preset("central")
    for name in catalogue.VIEWS_APART:
        if getattr(view, name) != getattr(usual, name):
            told["quantities"][name] = _assumption(getattr(view, name))
    if view.correlations:
        told["correlation"] = [each.model_dump() for each in view.correlations]
    return toml_text(told)


def systems_as_toml(systems: tuple[System, ...]) -> str:
    """`systems.toml`, with every quantity of every system.

    Args:
        systems: The systems of the round.
    """
    entries = [
        {
            **each.model_dump(
                exclude={"quantities", "hazards", "correction"}, exclude_defaults=True
            ),
            "quantities": {
                name: _assumption(amount)
                for name, amount in (each.quantities | each.correction).items()
            },
            **_hazards(each),
        }
        for each in systems
    ]
    return toml_text({"schema": "custodes/systems/1", "system": entries})


def _hazards(system: System) -> dict[str, Any]:
    entries = [
        {"name": hazard, **{name: _assumption(amount) for name, amount in stated.items()}}
        for hazard, stated in system.hazards.items()
    ]
    return {"hazard": entries} if entries else {}


def mitigations_as_toml(mitigations: tuple[Mitigation, ...]) -> str:
    """`mitigations.toml`: what differs from the library, and the round's own.

    Args:
        mitigations: All mitigations of the round.
    """
    known = library()
    with_library = set(known) <= {each.id for each in mitigations}
    entries = [
        _mitigation(each, known.get(each.id))
        for each in mitigations
        if not with_library or each != known.get(each.id)
    ]
    return toml_text(
        {
            "schema": "custodes/mitigations/1",
            "library": with_library,
            **({"mitigation": entries} if entries else {}),
        }
    )


def _mitigation(each: Mitigation, base: Mitigation | None) -> dict[str, Any]:
    told = each.model_dump(exclude={"cost_in_usd"})
    shipped = base.model_dump(exclude={"cost_in_usd"}) if base else {}
    changed = {
        name: value
        for name, value in told.items()
        if name == "id" or name not in shipped or value != shipped[name]
    }
    if base is not None and each.cost_in_usd == base.cost_in_usd:
        changed.pop("cost_least", None)
    if base is not None and each.cost_in_usd != base.cost_in_usd:
        changed["cost_least"] = each.cost_least
    if "problem" in changed:
        changed["problem"] = ", ".join(each.problem)
    if "adopted" in changed:
        changed["adopted"] = _three(each.adopted)
    if "changes" in changed:
        changed["changes"] = {name: _three(amount) for name, amount in each.changes.items()}
        changed["side_effects"] = each.side_effects
    return changed


def _three(amount: Amount) -> dict[str, float]:
    return {"p05": amount.p05, "p50": amount.p50, "p95": amount.p95}


def _assumption(amount: Assumption) -> dict[str, Any]:
    return amount.model_dump(exclude_defaults=True)
