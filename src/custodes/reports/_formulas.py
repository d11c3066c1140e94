"""Formulas as a reader sets them: Greek letters, indices, names in italics."""

from __future__ import annotations

import re

from custodes.reports._extras import needed
from custodes.reports._numbers import MINUS, in_words

_GREEK: dict[str, str] = {
    "alpha": "\u03b1",
    "beta": "\u03b2",
    "gamma": "\u03b3",
    "delta": "\u03b4",
    "epsilon": "\u03b5",
    "zeta": "\u03b6",
    "eta": "\u03b7",
    "theta": "\u03b8",
    "kappa": "\u03ba",
    "lambda": "\u03bb",
    "mu": "\u03bc",
    "nu": "\u03bd",
    "xi": "\u03be",
    "rho": "\u03c1",
    "sigma": "\u03c3",
    "tau": "\u03c4",
    "phi": "\u03c6",
    "psi": "\u03c8",
    "omega": "\u03c9",
}
_UPRIGHT = {"ln", "exp", "max", "min", "Phi", "P", "months", "odds"}
_WORD = re.compile(r" [a-z]{3}")
_BARE_POINT = re.compile(r"(?<!\d)\.(?=\d)")
_TOKEN = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*)|(?P<times> ?\* ?)")


def set_formula(text: str) -> str:
    """A formula of the catalogue as safe HTML.

    >>> str(set_formula("cf * kappa max(E_c, 0)"))
    '<var>cf</var> · <var>κ</var> max(<var>E</var><sub>c</sub>, 0)'
    """
    markup = needed("markupsafe")
    pieces: list[str] = []
    at = 0
    for token in _TOKEN.finditer(text):
        pieces.append(str(markup.escape(_set_signs(text[at : token.start()]))))
        at = token.end()
        if token["times"]:
            pieces.append(" \u00b7 ")
        elif token["name"] == "a" and _WORD.match(text, at):
            pieces.append("a")
        else:
            pieces.append(_named(token["name"]))
    pieces.append(str(markup.escape(_set_signs(text[at:]))))
    made: str = markup.Markup("".join(pieces))
    return made


def _set_signs(between: str) -> str:
    """What stands between names: a minus that is one, a zero before the point."""
    return _BARE_POINT.sub("0.", between.replace("-", MINUS))


def _named(name: str) -> str:
    """One name: only letters, digits and underscores, so nothing needs escaping."""
    stem, _, index = name.partition("_")
    letter = _GREEK.get(stem, stem)
    if index and len(stem) > 1 and stem not in _GREEK:
        return f"<var>{in_words(name)}</var>"
    if index:
        return f"<var>{letter}</var><sub>{_GREEK.get(index, index)}</sub>"
    is_symbol = stem in _GREEK or len(stem) == 1 or stem in {"cf", "ad"}
    return f"<var>{letter}</var>" if is_symbol and stem not in _UPRIGHT else name
