"""An application as somebody would type it: complete, with one claim."""

from custodes import catalogue


def typed(**changes):
    """Every field of a complete application with the claim c1."""
    fields = {
        "title": "Tripwires for deception",
        "applicant": "Alan's laboratory",
        "description": "We build tests that catch a model which deceives its overseers.",
        "kind": "",
        "cost": "200,000 to 300,000",
        "start": "2027-Q1",
        "c1-claim": "Deception is found before a model is deployed.",
        "c1-hazard": "deceptive_alignment",
        "c1-mechanism": "A deployment is stopped when a tripwire fires.",
        "c1-in_particular": "A tripwire makes no system more useful.",
        "c1-systems": "Language models with tools.",
        "c1-holds": "no",
        "c1-shown_wrong_by": "A deceiving model that passes.",
        "definition_of_alignment": "hazard_focused",
        "aligned_to": "developer",
        "principal": "The developer's safety board",
        "who_pays": "Nobody else",
        "done_anyway": "Something like it, two years later.",
        "dual_use": "no",
        "milestones": "First tripwire after six months.",
    }
    for problem in catalogue.PROBLEMS:
        fields[f"raises_{problem.name}"] = "I see no way, because nothing here is deployed."
    return fields | changes
