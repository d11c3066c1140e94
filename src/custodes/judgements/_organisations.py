"""Whether two names, or a name and a mail domain, belong to one organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, Self

from custodes.records import Record

Strength = Literal["hard", "soft"]
"""`hard`: a fact says so. `soft`: it may be so, and somebody has to look."""

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
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


class OneOrganisation(Record):
    """Names, shorter names and mail domains of one organisation: a row of the alias table."""

    names: tuple[str, ...]
    """Every name and domain; one with a dot and no space is a domain."""

    def is_named(self, name: str) -> bool:
        """Whether a name is one of them, but for words that tell nothing."""
        wanted = telling_words(name)
        return any(wanted == telling_words(each) for each in self.names if not is_domain(each))

    def owns(self, domain: str) -> bool:
        """Whether a mail domain is one of them, or below one."""
        return any(same_domain(domain, each.casefold()) for each in self.names if is_domain(each))


class OrganisationNames(Record):
    """The alias table: which names and domains are one organisation's."""

    rows: tuple[OneOrganisation, ...] = ()
    """One row an organisation."""

    @classmethod
    def from_lines(cls, text: str) -> Self:
        """The table as a person writes it: a line an organisation, names parted by `=`.

        Args:
            text: Such as `UCL = University College London = ucl.ac.uk`; a line with one name
                says nothing and is passed over.
        """
        parted = (
            tuple(each.strip() for each in line.split("=") if each.strip())
            for line in text.splitlines()
        )
        return cls(rows=tuple(OneOrganisation(names=each) for each in parted if len(each) > 1))

    def of_name(self, name: str) -> tuple[OneOrganisation, ...]:
        """The rows in which a name stands."""
        return tuple(each for each in self.rows if each.is_named(name))

    def of_domain(self, domain: str) -> tuple[OneOrganisation, ...]:
        """The rows in which a mail domain stands, or one above it."""
        if not domain or domain in FREE_MAIL:
            return ()
        return tuple(each for each in self.rows if each.owns(domain))

    def same(self, one: str, other: str) -> Strength | None:
        """Whether two names are one organisation's, and how sure that is.

        The same telling words, or one row of the table, is `hard`; all telling words of one name
        within the other is `soft`.

        Args:
            one: A name.
            other: Another.
        """
        first, second = telling_words(one), telling_words(other)
        if not first or not second:
            return None
        if first == second or any(each.is_named(other) for each in self.of_name(one)):
            return "hard"
        return "soft" if first < second or second < first else None


def mail_domain(mail: str) -> str:
    """What stands behind the `@`, in small letters; empty without one."""
    return mail.rpartition("@")[2].strip().casefold() if "@" in mail else ""


def same_domain(one: str, other: str) -> bool:
    """Whether both belong to one organisation: the same domain, or one below the other."""
    if not one or not other or {one, other} & FREE_MAIL:
        return False
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def is_domain(name: str) -> bool:
    """Whether a name is a mail domain."""
    return _DOMAIN.fullmatch(name.strip()) is not None


def telling_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others; all where none does."""
    words = frozenset(words_of(name))
    return (words - _TELLS_NOTHING) or words


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without a possessive."""
    return re.findall(r"[^\W_]+", text.casefold().replace("'s", ""))


def names_somebody(text: str, name: str, *, shortest: int = 4) -> bool:
    """Whether a text has a name in it, word by word.

    Args:
        text: Where it may stand.
        name: Of a person or an organisation.
        shortest: A name of fewer letters proves nothing.
    """
    wanted = " ".join(words_of(name))
    return len(wanted) >= shortest and f" {wanted} " in f" {' '.join(words_of(text))} "


def first_of(names: Iterable[str]) -> tuple[str, ...]:
    """Names without blanks and empty ones, each once, in order."""
    return tuple(dict.fromkeys(each.strip() for each in names if each.strip()))
