"""A draft of the UK Algorithmic Transparency Recording Standard's record, for a person to finish.

Source: the sections of the standard's template, version 3.0.
"""

from __future__ import annotations

from custodes.reports._edition import Edition

ATRS = "atrs-draft.md"
"""Its name in the site."""
_TO_WRITE = "**To be written by a person.**"


def atrs_draft(edition: Edition) -> bytes:
    """The record as far as the round says it; what only people know is marked.

    Args:
        edition: What is published.
    """
    sections = (
        _overview(edition),
        _owner(edition),
        _description(edition),
        _decisions(edition),
        _data(edition),
        _risks(edition),
    )
    opening = (
        "# Algorithmic transparency record: a draft",
        "",
        (
            f"{edition.settings.title}, {edition.settings.institution}. Drafted from the round's "
            "files after the template of the standard, version 3.0. It is not a record before a "
            f"person has checked every line and written what is marked: {_TO_WRITE}"
        ),
    )
    lines = [*opening, *(line for section in sections for line in ("", *section))]
    return "".join(f"{line}\n" for line in lines).encode()


def _overview(edition: Edition) -> tuple[str, ...]:
    settings = edition.settings
    contact = settings.publication.contact or _TO_WRITE
    address = settings.publication.address or _TO_WRITE
    return (
        "## Tier 1: overview",
        "",
        "- Name of the tool: Custodes",
        (
            "- Description: it estimates how much each proposed AI alignment effort would change "
            "the risk of a large-scale catastrophe, and proposes which efforts to support, with "
            "which conditions, under a budget. People decide."
        ),
        f"- Website: {address}",
        f"- Contact: {contact}",
    )


def _owner(edition: Edition) -> tuple[str, ...]:
    return (
        "## Tier 2, 1: owner and responsibility",
        "",
        f"- Organisation: {edition.settings.institution}",
        f"- Team and senior responsible owner: {_TO_WRITE}",
        f"- External suppliers, procurement and their access to data: {_TO_WRITE}",
    )


def _description(edition: Edition) -> tuple[str, ...]:
    record = edition.record
    return (
        "## Tier 2, 2: description and rationale",
        "",
        (
            "- Scope: the efforts of this round, each by itself and as a portfolio of "
            f"{edition.settings.currency} {edition.settings.budget:,.0f}."
        ),
        (
            "- Method: a probabilistic model. Experts' ranges are pooled; every effort is "
            "computed before and after its conditions, by mechanism, under each worldview. It is "
            "no machine learning and learns nothing from data."
        ),
        (
            f"- Version: {record.library_version}; {record.samples:,} draws, seed {record.seed}; "
            f"inputs {record.inputs_sha256}."
        ),
        f"- Benefit, alternatives considered and why it is used: {_TO_WRITE}",
        f"- Previous process: {_TO_WRITE}",
    )


def _decisions(edition: Edition) -> tuple[str, ...]:
    settings = edition.settings
    decides = "the change in risk" if settings.verdict == "risk" else "the change in social value"
    return (
        "## Tier 2, 3: decision-making process",
        "",
        (
            f"- How it influences the decision: decision makers see {decides} of each effort "
            "and a proposed portfolio. The tool decides nothing: each decision has reasons of "
            "its own, conditions and dissent, and a second person releases it."
        ),
        (
            f"- Its limits: an effort that raises risk in more than "
            f"{settings.limits.p_raises_risk:.0%} of worlds needs conditions; conditions may "
            f"cost at most {settings.limits.conditions_cost_share:.0%} of a grant."
        ),
        (
            "- Human review: experts answer alone before they discuss; applicants answer "
            "challenges; an open challenge keeps an effort from being chosen."
        ),
        f"- Training of the people who use it, and how often it is used: {_TO_WRITE}",
        (
            "- Appeal and review: public critique of any page of the site, answered in public"
            f"{'; ' + settings.publication.contact if settings.publication.contact else ''}. "
            f"Formal appeal: {_TO_WRITE}"
        ),
    )


def _data(edition: Edition) -> tuple[str, ...]:
    answers = (
        "each under a code"
        if edition.settings.judgement.published_answers == ("pseudonym")
        else "as pools alone"
    )
    judged = sum(each.basis != "reference class" for each in edition.record.efforts)
    return (
        "## Tier 2, 4: tool specification and data",
        "",
        (
            f"- Data: {len(edition.record.efforts)} published efforts as their applicants wrote "
            f"them ({judged} of them judged by experts), experts' ranges, worldviews, mitigations."
        ),
        (
            f"- What of it is public: the efforts, and experts' answers {answers}. "
            f"{edition.withheld} efforts are withheld."
        ),
        f"- Personal data, lawful basis, storage and access: {_TO_WRITE}",
    )


def _risks(edition: Edition) -> tuple[str, ...]:
    return (
        "## Tier 2, 5: risks, mitigations and impact assessments",
        "",
        (
            "- Model risk: levels rest on inputs without good data; the differences between "
            f"efforts hold better than the levels. Worldviews: {', '.join(edition.names)}."
        ),
        (
            "- Too much trust in a number: every figure is shown with its interval, its error and "
            "who disagrees; what nobody judged is marked."
        ),
        "- Dual use: what could help misuse is withheld, and that it is withheld is said.",
        f"- Impact assessments (data protection, equality) and their dates: {_TO_WRITE}",
    )
