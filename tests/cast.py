"""Fixed people and a small round, for tests of the workbench: who may, who may not, who is out.

Lena leads, Omar is an officer, Dina decides (Sven stands in for her), Anna analyses, Aud audits,
Adam administers; Ada, Grace and Joan judge the first effort, Ada and Carl the second, where Carl
has a conflict; Rhea attacks, Alan applied for the first effort, Mallory has no role at all.
"""

from dataclasses import dataclass, field

from custodes_workbench.access import Relation, Role, Stage
from custodes_workbench.efforts.models import Effort, Standing
from custodes_workbench.efforts.services import add_efforts
from custodes_workbench.judgements.models import Assignment, PanelMember
from custodes_workbench.people.models import Institution, Membership, User
from custodes_workbench.people.selectors import roles_held
from custodes_workbench.rounds.models import Round, RoundStage
from custodes_workbench.rounds.services import make_round
from round_records import a_round, an_effort

INSTITUTION_ROLES = {
    "lena": Role.LEAD_OFFICER,
    "omar": Role.OFFICER,
    "dina": Role.DECISION_MAKER,
    "anna": Role.ANALYST,
    "aud": Role.AUDITOR,
    "adam": Role.ADMINISTRATOR,
    "reg": Role.REGULATOR,
}
ROUND_ROLES = {
    "ada": Role.EXPERT,
    "grace": Role.EXPERT,
    "joan": Role.EXPERT,
    "carl": Role.EXPERT,
    "rhea": Role.RED_TEAMER,
    "alan": Role.APPLICANT,
    "sven": Role.DECISION_MAKER,
}
NAMES = (*INSTITUTION_ROLES, *ROUND_ROLES, "mallory")
PANELS = {"first": ("ada", "grace", "joan"), "second": ("ada", "carl")}


@dataclass
class Cast:
    """The people, by name, and the rounds made for them."""

    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name):
        if name in self.people:
            return self.people[name]
        raise AttributeError(name)

    def now(self, name):
        """The person with the roles held now, as a request would load them."""
        person = User.objects.get(pk=self.people[name].pk)
        person.held = roles_held(person)
        return person


def a_cast():
    """Everybody, with the roles of the institution."""
    Institution.objects.get_or_create(name="An institute")
    cast = Cast()
    for name in NAMES:
        person = User(email=f"{name}@example.org", name=name.capitalize())
        person.set_password(f"{name}'s long password")
        person.save()
        cast.people[name] = person
    for name, role in INSTITUTION_ROLES.items():
        Membership.objects.create(person=cast.people[name], role=role)
    return cast


def a_workbench_round(cast, stage=Stage.BLIND, *, title="A round", samples=64):
    """A round of two efforts with its panel, at a stage; as its officers would have made it."""
    lena = cast.now("lena")
    library = a_round(
        an_effort("first", kind="model_organisms", cost=1e6, applicant="Alan's laboratory"),
        an_effort("second", kind="evaluations", cost=2e6),
        samples=samples,
        settings={"title": title, "institution": "An institute", "budget": 3e6},
    )
    row = make_round(round_=library, stage=Stage.SET_UP, by=lena)
    add_efforts(round_=row, efforts=library.efforts, by=lena, source="a test")
    for name, role in ROUND_ROLES.items():
        Membership.objects.create(
            person=cast.people[name], role=role, round=row.slug, substitute=name == "sven"
        )
    efforts = {each.effort_id: each for each in Effort.objects.filter(round=row)}
    Effort.objects.filter(pk=efforts["first"].pk).update(applicant=cast.alan)
    stand(efforts["first"], cast.alan, Relation.OWN)
    stand(efforts["second"], cast.carl, Relation.CONFLICTED)
    members = {
        name: PanelMember.objects.create(
            round=row,
            person=cast.people[name],
            code=f"E-{number:02}",
            state=PanelMember.State.ACCEPTED,
        )
        for number, name in enumerate(("ada", "grace", "joan", "carl"), start=1)
    }
    for effort, names in PANELS.items():
        for letter, name in zip("CBA", names, strict=False):
            Assignment.objects.create(member=members[name], effort=efforts[effort], letter=letter)
            stand(efforts[effort], cast.people[name], Relation.ASSIGNED)
    at_stage(row, stage)
    return Round.objects.get(pk=row.pk)


def stand(effort, person, relation):
    """Write down how a person stands to an effort."""
    Standing.objects.create(effort=effort, person=person, relation=relation)


def at_stage(row, stage):
    """Put a round at a stage, without the rules of moving."""
    RoundStage.objects.filter(round=row, is_active=True).update(is_active=False)
    RoundStage.objects.filter(round=row, name=stage.value).update(is_active=True)
