"""Conflicts of interest that names, organisations and mail addresses suggest.

A finding is a question to a person, not an answer: it keeps somebody out until it is decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from custodes.judgements._conflict import ConflictType
from custodes.records import Record

_FREE_MAIL_TEXT = """
aol.com fastmail.com free.fr gmail.com gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk
hotmail.com icloud.com laposte.net live.com mac.com mail.com mail.ru mailbox.org me.com msn.com
naver.com orange.fr outlook.com pm.me posteo.de proton.me protonmail.com qq.com t-online.de
tuta.com tutanota.com web.de yahoo.co.jp yahoo.co.uk yahoo.com yandex.ru zoho.com 126.com 163.com
"""
FREE_MAIL = frozenset(_FREE_MAIL_TEXT.split())
"""Mail domains that anybody can have an address at, so that sharing one proves nothing.

Own list (assumption).
"""

_TELLS_NOTHING_TEXT = """
a an and at centre center college company foundation fund group gmbh for in inc institut institute
lab laboratory labs limited llc ltd national of on project research school society team the trust
university
"""
_TELLS_NOTHING = frozenset(_TELLS_NOTHING_TEXT.split())
"""Words of an organisation's name that do not tell one from another."""
_SHORTEST_NAME = 4


class KnownPerson(Record):
    """What is known of somebody who might judge."""

    name: str
    """Their name."""
    mail: str = ""
    """Their mail address."""
    organisations: tuple[str, ...] = ()
    """Where they work or worked, and with whom they have a tie."""


class KnownEffort(Record):
    """What is known of an effort and of who applied."""

    effort: str
    """Its id."""
    mails: tuple[str, ...] = ()
    """Addresses of who applied."""
    organisations: tuple[str, ...] = ()
    """Who would do it, who would receive the money, where the applicant works."""
    text: str = ""
    """Everything that the application says."""


class PotentialConflict(Record):
    """One thing that was found."""

    effort: str
    """With which effort."""
    type: ConflictType
    """Of which sort."""
    rule: str
    """Which rule found it."""
    evidence: str
    """What it was found in."""


def potential_conflicts(
    person: KnownPerson, efforts: Iterable[KnownEffort]
) -> tuple[PotentialConflict, ...]:
    """Everything that may stand between a person and efforts, in the order of the efforts.

    Args:
        person: Who might judge.
        efforts: What they might judge.
    """
    return tuple(found for effort in efforts for found in _found(person, effort))


def _found(person: KnownPerson, effort: KnownEffort) -> Iterator[PotentialConflict]:
    own = _domain(person.mail)
    for other in dict.fromkeys(_domain(mail) for mail in effort.mails):
        if _same_domain(own, other):
            yield PotentialConflict(
                effort=effort.effort,
                type="same_organisation",
                rule="mail domain",
                evidence=f"{own} and {other}",
            )
    for theirs in person.organisations:
        for named in effort.organisations:
            if _same_organisation(theirs, named):
                yield PotentialConflict(
                    effort=effort.effort,
                    type="same_organisation",
                    rule="organisation",
                    evidence=f"{theirs.strip()} and {named.strip()}",
                )
    if _names(effort.text, person.name):
        yield PotentialConflict(
            effort=effort.effort,
            type="collaborator",
            rule="named in the application",
            evidence=person.name,
        )


def _domain(mail: str) -> str:
    return mail.rpartition("@")[2].strip().casefold()


def _same_domain(one: str, other: str) -> bool:
    """Whether both belong to one organisation: the same, or one below the other."""
    if not one or not other or {one, other} & FREE_MAIL:
        return False
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _same_organisation(one: str, other: str) -> bool:
    """Whether the words that tell an organisation from others are all in the other's name."""
    first, second = _telling(one), _telling(other)
    return bool(first and second) and (first <= second or second <= first)


def _telling(name: str) -> frozenset[str]:
    words = frozenset(_words(name))
    return (words - _TELLS_NOTHING) or words


def _names(text: str, name: str) -> bool:
    wanted, said = _words(name), _words(text)
    if len(" ".join(wanted)) < _SHORTEST_NAME:
        return False
    return f" {' '.join(wanted)} " in f" {' '.join(said)} "


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold().replace("'s", ""))
