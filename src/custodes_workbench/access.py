"""The one place that decides who may do what, and with which reason they are refused.

A selector turns rows into :class:`Facts`; :func:`decide` answers with a :class:`Ruling`. What the
table does not name is refused, and a conflict of interest wins over every role.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What somebody does in an institution or a round."""

    PUBLIC = "public"
    APPLICANT = "applicant"
    EXPERT = "expert"
    CLAIMS_ASSESSOR = "claims_assessor"
    RED_TEAMER = "red_teamer"
    OFFICER = "officer"
    LEAD_OFFICER = "lead_officer"
    DECISION_MAKER = "decision_maker"
    ANALYST = "analyst"
    REGULATOR = "regulator"
    DEVELOPER_CONTACT = "developer_contact"
    NAMED_READER = "named_reader"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Stage(StrEnum):
    """Where a round is; in this order, and a round may leave some of them out."""

    SET_UP = "set_up"
    CALL = "call"
    SCREENING = "screening"
    INVITING = "inviting"
    BLIND = "blind"
    DISCUSSION = "discussion"
    REVISION = "revision"
    ASSESSMENT = "assessment"
    CHALLENGE = "challenge"
    CHOICE = "choice"
    PUBLISHED = "published"
    FOLLOW_UP = "follow_up"


class Relation(StrEnum):
    """How a person stands to a thing."""

    OWN = "own"
    ASSIGNED = "assigned"
    CONFLICTED = "conflicted"
    STRANGER = "stranger"


class Purpose(StrEnum):
    """What a reading is for; a selector without a rule for a purpose shows nothing."""

    PAGE = "page"
    LIST = "list"
    SEARCH = "search"
    COUNT = "count"
    AGGREGATE = "aggregate"
    EXPORT = "export"
    MAIL = "mail"
    PUBLIC = "public"
    COMPUTE = "compute"


class Act(StrEnum):
    """What a person can ask to do or see; the value completes "You may not ..."."""

    SEE_INSTITUTION = "see the institution's settings"
    EDIT_INSTITUTION = "change the institution's settings"
    GIVE_ROLES = "give or take away roles"
    WRITE_APPROACH = "write the approach"
    PUBLISH_APPROACH = "publish the approach"
    START_ROUND = "start a round"
    READ_HISTORY = "read the history"
    MANAGE_SERVICE = "look after accounts, mail and backups"
    SEND_MAIL = "see and send the mails that wait"

    SEE_ROUND = "see this round"
    SET_UP_ROUND = "change the settings of this round"
    EDIT_WORLDVIEWS = "change the worldviews of this round"
    EDIT_SYSTEMS = "change the systems of this round"
    KEEP_SCENARIO = "keep a scenario in this round"
    SET_DATES = "set the dates of the stages"
    MOVE_STAGE = "open or close a stage"
    MOVE_STAGE_BACK = "move a round back"
    CONFIRM_MOVE_BACK = "confirm that a round goes back"
    SEE_PROGRESS = "see who has handed in"
    EXPORT_ROUND = "export this round"

    SEE_CALL = "read the call"
    APPLY = "apply to this round"
    EDIT_APPLICATION = "change this application"
    WITHDRAW_APPLICATION = "withdraw this application"
    SEE_APPLICATION = "read what has not gone to the panel"
    SEE_EFFORT = "read this effort"
    SEE_MARKED_EFFORT = "read an effort with a handling mark"
    SEE_APPLICANT = "see who applied"
    IMPORT_EFFORTS = "import efforts"
    SCREEN_EFFORT = "screen efforts"

    SEE_EVIDENCE = "see what audits of a system show"
    SEE_MARKED_EVIDENCE = "see audits with a handling mark"
    SEE_POSTERIORS = "see what audits leave of a probability"
    TAKE_IN_AUDIT = "take in audits"
    ANSWER_FINDING = "answer what an audit found"
    JUDGE_STRENGTH = "judge how strong a test is"
    SEE_STRENGTHS = "see how strong others judged a test to be"
    POOL_STRENGTHS = "close the judging of how strong tests are"

    SEE_CLAIM = "read this claim"
    SEE_MARKED_CLAIM = "read a claim with a handling mark"
    SEE_CLAIM_SIGNS = "see the warning signs of a claim"
    SEE_CLAIM_ASSESSMENTS = "see what assessors say of a claim"
    ENTER_CLAIM = "write down what was claimed"
    ASSIGN_CLAIM = "say who assesses a claim"
    ASSESS_CLAIM = "assess this claim"
    REPLY_TO_CLAIM = "reply for the claimant"
    PUBLISH_CLAIM = "send a claim to its claimant, publish or withdraw it"

    SEE_PANEL = "see the panel"
    SET_PANEL = "set the panel"
    DECIDE_CONFLICT = "decide a conflict of interest"
    CLEAR_CONFLICT = "clear a conflict of interest"
    DECLARE_CONFLICT = "declare a conflict of your own"
    SEE_CONFLICT_REPORT = "see the report of conflicts"
    NAME_UNWANTED = "say who should not judge"
    SEE_UNWANTED = "see who should not judge, as applicants say"
    SEE_OWN_ANSWERS = "see answers of your own"
    ANSWER_BLIND = "give a blind answer"
    REVISE_ANSWER = "revise an answer"
    SEE_ANSWERS = "see the panel's answers"
    SEE_DISCUSSION = "read the panel's discussion"
    DISCUSS = "discuss"
    SEE_POOLED = "see the pooled judgement"

    CHALLENGE = "raise a challenge"
    ANSWER_CHALLENGE = "answer a challenge"
    REPLY_TO_ANSWER = "reply to the answer to a challenge"
    ASSIGN_CHALLENGE = "say who answers a challenge, and until when"
    CHASE_CHALLENGE = "see to overdue challenges"
    RULE_ON_CHALLENGE = "rule on a challenge"
    SEE_CHALLENGES = "see the challenges"

    RUN_ASSESSMENT = "run an assessment"
    SEE_RESULTS = "see the results"
    SEE_ALL_RESULTS = "see the results of every effort together"
    CHOOSE = "prepare a choice"
    SEE_CHOICE = "see what would be chosen"
    DECIDE = "decide"
    SEE_DECISION = "see the decision"
    SAY_IF_STANDS = "say whether a decision stands"
    RELEASE_DECISION = "release a decision"
    SEE_FOLLOW_UP = "see what became of a decision"
    FOLLOW_UP = "write down what became of a condition"
    REPORT_ON_CONDITION = "report on the conditions of a grant"
    TURN_SUPPORT = "extend, suspend or end support"
    PREVIEW_PUBLICATION = "preview what will be published"
    PUBLISH = "publish this round"
    CRITICISE = "criticise what is published"
    ANSWER_CRITIQUE = "answer public critique"
    SEE_SCENARIOS = "see the scenarios"

    FREEZE = "stop this round"
    THAW = "let this round go on"
    ROLL_BACK = "set judgements aside back to a time"
    HAND_IN_MARKED = "hand something in under a mark"
    SEE_MARKS = "see what is marked"
    SEE_HIDDEN_MARKS = "see what is marked as existing in secret"
    SET_MARK = "set or review a mark"
    OPEN_MARKED = "open what is marked"
    SEE_OPENINGS = "see who opened it"
    SEE_WITHHELD = "see what is withheld"
    LEAD_SAFEGUARDS = "propose members of the safeguards group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a decision is made from; no rows, no queries."""

    roles: frozenset[Role]
    """The roles that count: all that are held, or the one that is acted in when alone."""
    stage: Stage | None = None
    """The active stage of the round; none outside a round."""
    relation: Relation = Relation.STRANGER
    """How the person stands to the thing, where there is one."""
    own_handed_in: bool = False
    """Whether the person has handed in an answer of their own to the thing asked about."""
    closed: bool = False
    """Whether the active stage is past its end, though nobody has opened the next one yet."""
    alone: bool = False
    """Whether one person runs the workbench by themselves."""
    frozen_because: str = ""
    """Why everything in the round stands still; empty when it does not."""
    standing_by: frozenset[Role] = frozenset()
    """Roles held only as a substitute, for somebody who can act here themselves."""
    part_hidden: bool = False
    """Whether the thing is made from several of which the person may not read one."""


class Ruling(NamedTuple):
    """Whether an act is allowed, and why not if it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


class Refused(Exception):  # noqa: N818 (it reads as what happened)
    """The ruling was no; the message is its reason, written for the person."""


@dataclass(frozen=True, slots=True)
class Permit:
    """One row of the table: who, when, and standing how to the thing."""

    roles: frozenset[Role]
    """Any of these."""
    stages: frozenset[Stage | None]
    """The round is at one of these; none is outside a round."""
    relations: frozenset[Relation]
    """The person stands so to the thing; never conflicted unless the row says it."""
    after_own: bool = False
    """Only for somebody who has handed in an answer of their own."""

    def covers(self, facts: Facts) -> bool:
        """Whether this row allows on these facts."""
        return bool(
            self.roles & facts.roles
            and facts.stage in self.stages
            and facts.relation in self.relations
            and (facts.own_handed_in or not self.after_own)
        )


_STAGES = tuple(Stage)
_ANY_STAGE: frozenset[Stage | None] = frozenset(Stage)
_OUTSIDE: frozenset[Stage | None] = frozenset({None})
_OPEN_TO_ALL = frozenset({Relation.OWN, Relation.ASSIGNED, Relation.STRANGER})
_OWN = frozenset({Relation.OWN})
_ASSIGNED = frozenset({Relation.ASSIGNED})
_NOT_ASSIGNED = _OPEN_TO_ALL - _ASSIGNED
_STAFF = (Role.OFFICER, Role.LEAD_OFFICER)
_AFTER_BLIND = (Stage.DISCUSSION, Stage.REVISION, Stage.ASSESSMENT, Stage.CHALLENGE, Stage.CHOICE)
_PUBLIC = (Stage.PUBLISHED, Stage.FOLLOW_UP)
_RESULTS = (Stage.ASSESSMENT, Stage.CHALLENGE, Stage.CHOICE)
_EVERYBODY = tuple(Role)


def _row(
    *roles: Role,
    at: tuple[Stage, ...] | frozenset[Stage | None] = _ANY_STAGE,
    to: frozenset[Relation] = _OPEN_TO_ALL,
    after_own: bool = False,
) -> Permit:
    return Permit(frozenset(roles), frozenset(at), to, after_own)


def _from(stage: Stage) -> tuple[Stage, ...]:
    return _STAGES[_STAGES.index(stage) :]


def _until(stage: Stage) -> tuple[Stage, ...]:
    return _STAGES[: _STAGES.index(stage) + 1]


def _between(first: Stage, last: Stage) -> tuple[Stage, ...]:
    return _STAGES[_STAGES.index(first) : _STAGES.index(last) + 1]


PERMITTED: Mapping[Act, tuple[Permit, ...]] = {
    Act.SEE_INSTITUTION: (
        _row(*_STAFF, Role.ADMINISTRATOR, Role.AUDITOR, Role.DECISION_MAKER, at=_OUTSIDE),
    ),
    Act.EDIT_INSTITUTION: (_row(Role.LEAD_OFFICER, Role.ADMINISTRATOR, at=_OUTSIDE),),
    Act.GIVE_ROLES: (_row(Role.LEAD_OFFICER, Role.ADMINISTRATOR, at=_ANY_STAGE | _OUTSIDE),),
    Act.WRITE_APPROACH: (_row(*_STAFF, at=_OUTSIDE),),
    Act.PUBLISH_APPROACH: (_row(Role.LEAD_OFFICER, at=_OUTSIDE),),
    Act.START_ROUND: (_row(*_STAFF, at=_OUTSIDE),),
    Act.READ_HISTORY: (_row(Role.AUDITOR, Role.LEAD_OFFICER, at=_ANY_STAGE | _OUTSIDE),),
    Act.MANAGE_SERVICE: (_row(Role.ADMINISTRATOR, at=_OUTSIDE),),
    Act.SEND_MAIL: (_row(*_STAFF, Role.ADMINISTRATOR, at=_OUTSIDE),),
    Act.SEE_ROUND: (
        _row(
            *_STAFF,
            Role.DECISION_MAKER,
            Role.ANALYST,
            Role.AUDITOR,
            Role.EXPERT,
            Role.RED_TEAMER,
            Role.CLAIMS_ASSESSOR,
        ),
        _row(Role.APPLICANT, at=_from(Stage.CALL)),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.SET_UP_ROUND: (_row(*_STAFF, at=_until(Stage.INVITING)),),
    Act.EDIT_WORLDVIEWS: (_row(*_STAFF, Role.ANALYST, at=_until(Stage.CHOICE)),),
    Act.EDIT_SYSTEMS: (_row(*_STAFF, Role.ANALYST, at=_until(Stage.CHOICE)),),
    Act.KEEP_SCENARIO: (_row(*_STAFF, Role.ANALYST, at=_until(Stage.CHOICE)),),
    Act.SET_DATES: (_row(*_STAFF),),
    Act.MOVE_STAGE: (_row(Role.LEAD_OFFICER),),
    Act.MOVE_STAGE_BACK: (_row(Role.LEAD_OFFICER),),
    Act.CONFIRM_MOVE_BACK: (_row(*_STAFF),),
    Act.SEE_PROGRESS: (_row(*_STAFF, Role.AUDITOR),),
    Act.EXPORT_ROUND: (
        _row(*_STAFF, Role.ANALYST, Role.AUDITOR, at=(*_until(Stage.INVITING), *_AFTER_BLIND)),
        _row(*_STAFF, Role.ANALYST, Role.AUDITOR, at=_PUBLIC),
    ),
    Act.SEE_CALL: (_row(*_STAFF), _row(*_EVERYBODY, at=_from(Stage.CALL))),
    Act.APPLY: (_row(Role.APPLICANT, Role.PUBLIC, at=(Stage.CALL,)),),
    Act.EDIT_APPLICATION: (
        _row(Role.APPLICANT, at=(Stage.CALL, Stage.SCREENING), to=_OWN),
        _row(*_STAFF, at=(Stage.SET_UP, Stage.CALL, Stage.SCREENING, Stage.INVITING)),
    ),
    Act.WITHDRAW_APPLICATION: (
        _row(Role.APPLICANT, at=_between(Stage.CALL, Stage.CHALLENGE), to=_OWN),
    ),
    Act.SEE_APPLICATION: (
        _row(*_STAFF, Role.AUDITOR),
        _row(Role.ANALYST, Role.DECISION_MAKER, at=_from(Stage.SCREENING)),
        _row(Role.APPLICANT, to=_OWN),
    ),
    Act.SEE_EFFORT: (
        _row(*_STAFF, Role.AUDITOR),
        _row(Role.ANALYST, at=_from(Stage.SCREENING)),
        _row(Role.DECISION_MAKER, at=_from(Stage.SCREENING)),
        _row(Role.APPLICANT, to=_OWN),
        _row(Role.EXPERT, at=_from(Stage.BLIND), to=_ASSIGNED),
        _row(Role.RED_TEAMER, at=_from(Stage.CHALLENGE)),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.SEE_MARKED_EFFORT: (
        _row(*_STAFF, Role.AUDITOR),
        _row(Role.DECISION_MAKER, at=_from(Stage.SCREENING)),
        _row(Role.APPLICANT, to=_OWN),
        _row(Role.EXPERT, at=_from(Stage.BLIND), to=_ASSIGNED),
    ),
    Act.SEE_APPLICANT: (
        _row(*_STAFF, Role.AUDITOR),
        _row(Role.APPLICANT, to=_OWN),
        _row(Role.DECISION_MAKER, at=_from(Stage.CHOICE)),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.IMPORT_EFFORTS: (
        _row(*_STAFF, at=(Stage.SET_UP, Stage.CALL, Stage.SCREENING, Stage.INVITING)),
    ),
    Act.SCREEN_EFFORT: (_row(*_STAFF, at=_until(Stage.INVITING)),),
    Act.SEE_EVIDENCE: (
        _row(*_STAFF, Role.DECISION_MAKER, Role.ANALYST, Role.AUDITOR, Role.REGULATOR),
        _row(Role.EXPERT, Role.CLAIMS_ASSESSOR, at=_from(Stage.BLIND), to=_ASSIGNED),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.SEE_MARKED_EVIDENCE: (_row(*_STAFF, Role.DECISION_MAKER, Role.AUDITOR, Role.REGULATOR),),
    Act.SEE_POSTERIORS: (
        _row(*_STAFF, Role.AUDITOR, at=(*_until(Stage.INVITING), *_AFTER_BLIND)),
        _row(Role.REGULATOR, at=(*_until(Stage.INVITING), *_RESULTS)),
        _row(Role.DECISION_MAKER, Role.ANALYST, at=(*_until(Stage.INVITING), *_RESULTS)),
        _row(Role.EXPERT, Role.CLAIMS_ASSESSOR, at=_RESULTS, to=_ASSIGNED),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.TAKE_IN_AUDIT: (_row(*_STAFF, Role.REGULATOR, at=_until(Stage.CHOICE)),),
    Act.ANSWER_FINDING: (_row(*_STAFF, Role.REGULATOR),),
    Act.JUDGE_STRENGTH: (
        _row(
            Role.EXPERT,
            Role.CLAIMS_ASSESSOR,
            at=_between(Stage.BLIND, Stage.CHOICE),
            to=_ASSIGNED,
        ),
    ),
    Act.SEE_STRENGTHS: (
        _row(*_STAFF, Role.AUDITOR),
        _row(Role.DECISION_MAKER, Role.ANALYST, at=(*_RESULTS, *_PUBLIC)),
        _row(Role.EXPERT, Role.CLAIMS_ASSESSOR, to=_ASSIGNED, after_own=True),
    ),
    Act.POOL_STRENGTHS: (_row(*_STAFF, at=_until(Stage.CHOICE)),),
    Act.SEE_CLAIM: (
        _row(*_STAFF, Role.AUDITOR),
        _row(Role.DECISION_MAKER, Role.ANALYST, Role.REGULATOR, at=_from(Stage.SCREENING)),
        _row(Role.CLAIMS_ASSESSOR, to=_ASSIGNED),
        _row(Role.DEVELOPER_CONTACT, to=_OWN),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.SEE_MARKED_CLAIM: (
        _row(*_STAFF, Role.AUDITOR),
        _row(Role.DECISION_MAKER, at=_from(Stage.SCREENING)),
        _row(Role.CLAIMS_ASSESSOR, to=_ASSIGNED),
        _row(Role.DEVELOPER_CONTACT, to=_OWN),
    ),
    Act.SEE_CLAIM_SIGNS: (
        _row(*_STAFF, Role.AUDITOR, to=_NOT_ASSIGNED),
        _row(
            *(Role.DECISION_MAKER, Role.ANALYST, Role.REGULATOR),
            at=_from(Stage.SCREENING),
            to=_NOT_ASSIGNED,
        ),
        _row(Role.CLAIMS_ASSESSOR, to=_ASSIGNED, after_own=True),
        _row(Role.DEVELOPER_CONTACT, to=_OWN),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation) - _ASSIGNED),
    ),
    Act.SEE_CLAIM_ASSESSMENTS: (
        _row(*_STAFF, Role.AUDITOR, to=_NOT_ASSIGNED),
        _row(Role.DECISION_MAKER, Role.ANALYST, at=_from(Stage.SCREENING), to=_NOT_ASSIGNED),
        _row(Role.CLAIMS_ASSESSOR, to=_ASSIGNED, after_own=True),
        _row(Role.DEVELOPER_CONTACT, to=_OWN),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation) - _ASSIGNED),
    ),
    Act.ENTER_CLAIM: (_row(*_STAFF),),
    Act.ASSIGN_CLAIM: (_row(*_STAFF),),
    Act.ASSESS_CLAIM: (_row(Role.CLAIMS_ASSESSOR, to=_ASSIGNED),),
    Act.REPLY_TO_CLAIM: (_row(*_STAFF), _row(Role.DEVELOPER_CONTACT, to=_OWN)),
    Act.PUBLISH_CLAIM: (_row(*_STAFF),),
    Act.SEE_PANEL: (_row(*_STAFF, Role.AUDITOR),),
    Act.SET_PANEL: (_row(*_STAFF, at=_until(Stage.CHALLENGE)),),
    Act.DECIDE_CONFLICT: (_row(*_STAFF),),
    Act.CLEAR_CONFLICT: (_row(*_STAFF),),
    Act.DECLARE_CONFLICT: (
        _row(*_STAFF, Role.DECISION_MAKER, Role.ANALYST, Role.RED_TEAMER),
        _row(Role.EXPERT, at=_from(Stage.BLIND), to=_ASSIGNED),
    ),
    Act.SEE_CONFLICT_REPORT: (
        _row(*_STAFF, Role.AUDITOR),
        _row(Role.DECISION_MAKER, Role.ANALYST, at=(*_RESULTS, *_PUBLIC)),
    ),
    Act.NAME_UNWANTED: (_row(Role.APPLICANT, at=_between(Stage.CALL, Stage.INVITING), to=_OWN),),
    Act.SEE_UNWANTED: (_row(*_STAFF), _row(Role.APPLICANT, to=_OWN)),
    Act.SEE_OWN_ANSWERS: (_row(Role.EXPERT, at=_from(Stage.BLIND), to=_ASSIGNED),),
    Act.ANSWER_BLIND: (_row(Role.EXPERT, at=(Stage.BLIND,), to=_ASSIGNED),),
    Act.REVISE_ANSWER: (_row(Role.EXPERT, at=(Stage.REVISION,), to=_ASSIGNED),),
    Act.SEE_ANSWERS: (
        _row(Role.EXPERT, at=_AFTER_BLIND, to=_ASSIGNED, after_own=True),
        _row(*_STAFF, Role.AUDITOR, at=(*_AFTER_BLIND, *_PUBLIC)),
        _row(Role.DECISION_MAKER, Role.ANALYST, at=(*_RESULTS, *_PUBLIC)),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.SEE_DISCUSSION: (
        _row(Role.EXPERT, at=(*_AFTER_BLIND, *_PUBLIC), to=_ASSIGNED, after_own=True),
        _row(*_STAFF, Role.AUDITOR, at=(*_AFTER_BLIND, *_PUBLIC)),
    ),
    Act.DISCUSS: (
        _row(Role.EXPERT, at=(Stage.DISCUSSION, Stage.REVISION), to=_ASSIGNED, after_own=True),
    ),
    Act.SEE_POOLED: (
        _row(Role.EXPERT, at=_AFTER_BLIND, to=_ASSIGNED, after_own=True),
        _row(*_STAFF, Role.AUDITOR, at=_AFTER_BLIND),
        _row(Role.DECISION_MAKER, Role.ANALYST, at=_RESULTS),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.CHALLENGE: (
        _row(Role.RED_TEAMER, *_STAFF, at=(Stage.CHALLENGE,)),
        _row(Role.EXPERT, at=(Stage.CHALLENGE,), to=_ASSIGNED),
    ),
    Act.ANSWER_CHALLENGE: (
        _row(Role.APPLICANT, at=(Stage.CHALLENGE,), to=_OWN),
        _row(Role.EXPERT, at=(Stage.CHALLENGE,), to=_ASSIGNED),
        _row(*_STAFF, at=(Stage.CHALLENGE, Stage.CHOICE)),
    ),
    Act.REPLY_TO_ANSWER: (
        _row(Role.RED_TEAMER, *_STAFF, at=(Stage.CHALLENGE,)),
        _row(Role.EXPERT, at=(Stage.CHALLENGE,), to=_ASSIGNED),
    ),
    Act.ASSIGN_CHALLENGE: (_row(*_STAFF, at=(Stage.CHALLENGE, Stage.CHOICE)),),
    Act.CHASE_CHALLENGE: (_row(Role.LEAD_OFFICER, at=(Stage.CHALLENGE, Stage.CHOICE)),),
    Act.RULE_ON_CHALLENGE: (_row(*_STAFF, at=(Stage.CHALLENGE, Stage.CHOICE)),),
    Act.SEE_CHALLENGES: (
        _row(*_STAFF, Role.AUDITOR, at=_from(Stage.CHALLENGE)),
        _row(Role.DECISION_MAKER, Role.RED_TEAMER, at=_from(Stage.CHALLENGE)),
        _row(Role.APPLICANT, at=_from(Stage.CHALLENGE), to=_OWN),
        _row(Role.EXPERT, at=_from(Stage.CHALLENGE), to=_ASSIGNED),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.RUN_ASSESSMENT: (_row(*_STAFF, Role.ANALYST, Role.DECISION_MAKER, at=_RESULTS),),
    Act.SEE_RESULTS: (
        _row(*_STAFF, Role.ANALYST, Role.DECISION_MAKER, Role.AUDITOR, at=_RESULTS),
        _row(Role.EXPERT, at=_RESULTS, to=_ASSIGNED),
        _row(Role.RED_TEAMER, at=(Stage.CHALLENGE,)),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.SEE_ALL_RESULTS: (
        _row(
            *_STAFF,
            Role.ANALYST,
            Role.DECISION_MAKER,
            Role.AUDITOR,
            at=(*_RESULTS, *_PUBLIC),
        ),
    ),
    Act.CHOOSE: (_row(*_STAFF, Role.DECISION_MAKER, Role.ANALYST, at=(Stage.CHOICE,)),),
    Act.SEE_CHOICE: (
        _row(
            *_STAFF,
            Role.DECISION_MAKER,
            Role.ANALYST,
            Role.AUDITOR,
            at=(Stage.CHOICE, *_PUBLIC),
        ),
    ),
    Act.DECIDE: (_row(Role.DECISION_MAKER, at=(Stage.CHOICE,)),),
    Act.SEE_DECISION: (
        _row(*_STAFF, Role.DECISION_MAKER, Role.AUDITOR, at=(Stage.CHOICE,)),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.SAY_IF_STANDS: (_row(Role.DECISION_MAKER, at=(Stage.CHOICE, *_PUBLIC)),),
    Act.RELEASE_DECISION: (_row(Role.LEAD_OFFICER, Role.DECISION_MAKER, at=(Stage.CHOICE,)),),
    Act.SEE_FOLLOW_UP: (
        _row(*_STAFF, Role.DECISION_MAKER, Role.AUDITOR, at=_PUBLIC),
        _row(Role.APPLICANT, at=_PUBLIC, to=_OWN),
    ),
    Act.FOLLOW_UP: (_row(*_STAFF, at=_PUBLIC),),
    Act.REPORT_ON_CONDITION: (
        _row(*_STAFF, at=_PUBLIC),
        _row(Role.APPLICANT, at=_PUBLIC, to=_OWN),
    ),
    Act.TURN_SUPPORT: (_row(Role.LEAD_OFFICER, Role.DECISION_MAKER, at=_PUBLIC),),
    Act.PREVIEW_PUBLICATION: (_row(*_STAFF, Role.AUDITOR, at=(Stage.CHOICE, *_PUBLIC)),),
    Act.PUBLISH: (_row(Role.LEAD_OFFICER, at=(Stage.CHOICE, *_PUBLIC)),),
    Act.CRITICISE: (
        _row(*_EVERYBODY, at=_OUTSIDE),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.ANSWER_CRITIQUE: (_row(*_STAFF, at=_ANY_STAGE | _OUTSIDE),),
    Act.SEE_SCENARIOS: (_row(*_EVERYBODY, at=_OUTSIDE),),
    Act.FREEZE: (_row(*_STAFF),),
    Act.THAW: (_row(*_STAFF),),
    Act.ROLL_BACK: (_row(*_STAFF),),
    Act.HAND_IN_MARKED: (
        _row(*_STAFF),
        _row(Role.APPLICANT, at=_from(Stage.CALL), to=_OWN),
        _row(Role.EXPERT, at=_from(Stage.BLIND), to=_ASSIGNED),
    ),
    Act.SEE_MARKS: (
        _row(*_STAFF, Role.AUDITOR, Role.NAMED_READER),
        _row(Role.DECISION_MAKER, at=_from(Stage.SCREENING)),
        _row(Role.APPLICANT, to=_OWN),
    ),
    Act.SEE_HIDDEN_MARKS: (_row(*_STAFF, Role.AUDITOR, Role.NAMED_READER),),
    Act.SET_MARK: (_row(*_STAFF),),
    Act.OPEN_MARKED: (_row(Role.NAMED_READER),),
    Act.SEE_OPENINGS: (_row(*_STAFF, Role.AUDITOR), _row(Role.APPLICANT, to=_OWN)),
    Act.SEE_WITHHELD: (
        _row(*_STAFF, Role.AUDITOR, Role.DECISION_MAKER),
        _row(*_EVERYBODY, at=_PUBLIC, to=frozenset(Relation)),
    ),
    Act.LEAD_SAFEGUARDS: (_row(*_STAFF, at=_OUTSIDE),),
}
"""Who may do what; printed into the documentation and walked by the permission tests.

Source: `design/workbench.md` 2.2 and 2.3. A combination without a row is refused.
"""

SECOND_PERSON: Mapping[Act, str] = {
    Act.PUBLISH_APPROACH: "publish what you proposed",
    Act.RELEASE_DECISION: "release what you decided",
    Act.MOVE_STAGE_BACK: "confirm what you asked for",
    Act.PUBLISH: "release what you prepared",
    Act.EDIT_INSTITUTION: "confirm what you changed",
    Act.CLEAR_CONFLICT: "confirm what you cleared",
    Act.THAW: "confirm what you asked for",
    Act.ROLL_BACK: "confirm what you asked for",
}
"""What the second person does, for every act that takes two."""
TWO_PERSONS = frozenset(SECOND_PERSON)
"""Acts that one person prepares and another confirms, unless one person is alone."""

IN_PLACE = frozenset({Act.DECIDE, Act.RELEASE_DECISION, Act.SAY_IF_STANDS})
"""Acts that a substitute does only where whoever they stand in for has a conflict."""

OF_THE_WHOLE = frozenset({Act.SEE_ALL_RESULTS, Act.SEE_CHOICE, Act.CHOOSE})
"""Acts on all efforts at once: a sum, an order or a choice tells of each one in it.

A handling mark wins over the role: whoever may not read one of the efforts has none of them.
"""

WHILE_OPEN = frozenset({Act.APPLY, Act.DISCUSS, Act.CHALLENGE, Act.REPLY_TO_ANSWER})
"""Acts that end when the stage does, even before the next one is opened.

An answer that comes after the end is kept and marked as late; it counts from the next close.
"""

WHILE_FROZEN = frozenset(
    {
        *(act for act in Act if act.name.startswith("SEE_")),
        Act.READ_HISTORY,
        Act.EXPORT_ROUND,
        Act.GIVE_ROLES,
        Act.DECLARE_CONFLICT,
        Act.DECIDE_CONFLICT,
        Act.CLEAR_CONFLICT,
        Act.FREEZE,
        Act.THAW,
        Act.ROLL_BACK,
        Act.SET_MARK,
    }
)
"""What stays possible in a round that stands still: to read, and to put right what went wrong."""

SPOKEN: Mapping[Role | Stage, str] = {
    Role.PUBLIC: "a member of the public",
    Role.APPLICANT: "an applicant",
    Role.EXPERT: "an expert",
    Role.CLAIMS_ASSESSOR: "a claims assessor",
    Role.RED_TEAMER: "a red-teamer",
    Role.OFFICER: "a programme officer",
    Role.LEAD_OFFICER: "the lead officer",
    Role.DECISION_MAKER: "a decision maker",
    Role.ANALYST: "an analyst",
    Role.REGULATOR: "a regulator",
    Role.DEVELOPER_CONTACT: "a developer's contact",
    Role.NAMED_READER: "a named reader",
    Role.AUDITOR: "an auditor",
    Role.ADMINISTRATOR: "an administrator",
    Stage.SET_UP: "set-up",
    Stage.CALL: "the call",
    Stage.SCREENING: "screening",
    Stage.INVITING: "inviting experts",
    Stage.BLIND: "blind estimates",
    Stage.DISCUSSION: "discussion",
    Stage.REVISION: "revision",
    Stage.ASSESSMENT: "assessment",
    Stage.CHALLENGE: "challenges",
    Stage.CHOICE: "choice and decision",
    Stage.PUBLISHED: "published",
    Stage.FOLLOW_UP: "follow-up",
}
"""How roles and stages are called in a sentence."""


def decide(act: Act, facts: Facts) -> Ruling:
    """Whether the act is allowed on these facts, and if not, why in a sentence.

    Args:
        act: What is asked.
        facts: Who asks, when, and standing how to the thing.
    """
    permits = PERMITTED.get(act, ())
    if act in IN_PLACE and facts.standing_by:
        stands_by = facts.standing_by & facts.roles
        facts = replace(facts, roles=facts.roles - stands_by, standing_by=frozenset())
        if not decide(act, facts):
            msg = f"You may not {act}: you stand in where the other has a conflict of interest."
            return Ruling(allowed=False, reason=msg)
    if any(permit.covers(facts) for permit in permits):
        if facts.part_hidden and act in OF_THE_WHOLE:
            return Ruling(allowed=False, reason=f"You may not {act}.")
        if facts.closed and act in WHILE_OPEN and facts.stage:
            reason = f"You may not {act} any more: {SPOKEN[facts.stage]} is closed."
            return Ruling(allowed=False, reason=reason)
        if facts.frozen_because and act not in WHILE_FROZEN:
            reason = f"You may not {act} now: this round stands still. {facts.frozen_because}"
            return Ruling(allowed=False, reason=reason)
        return Ruling(allowed=True)
    return Ruling(allowed=False, reason=_reason(act, facts, permits))


def _reason(act: Act, facts: Facts, permits: tuple[Permit, ...]) -> str:
    if facts.relation is Relation.CONFLICTED:
        return f"You may not {act}: a conflict of interest stands between you and it."
    theirs = [each for each in permits if each.roles & facts.roles]
    if not theirs:
        roles = sorted(set().union(*(each.roles for each in permits)), key=list(Role).index)
        told = ", ".join(SPOKEN[role] for role in roles) or "nobody"
        return f"You may not {act}: that is for {told}."
    related = [each for each in theirs if facts.relation in each.relations]
    if not related:
        return f"You may not {act}: it is not yours and was not assigned to you."
    timely = [each for each in related if facts.stage in each.stages]
    if not timely:
        stages = set().union(*(each.stages for each in related))
        told = ", ".join(SPOKEN[each] for each in Stage if each in stages)
        now = f"the round is at {SPOKEN[facts.stage]}" if facts.stage else "this is no round"
        return f"You may not {act} now: {now}; it is possible at {told}."
    return f"You may not {act} before you have handed in your own answer."


def by_one_person(act: Act, *, prepared_by: int | None, confirmed_by: int, alone: bool) -> bool:
    """Whether one person does alone what takes two, which the history and the page then say.

    Args:
        act: One of :data:`TWO_PERSONS`.
        prepared_by: The key of who prepared it.
        confirmed_by: The key of who confirms it.
        alone: Whether one person runs the workbench by themselves.

    Raises:
        Refused: Both are one person, who is not alone.
    """
    same = prepared_by == confirmed_by
    if same and not alone:
        msg = f"A second person must {SECOND_PERSON[act]}."
        raise Refused(msg)
    return same


def require(ruling: Ruling) -> None:
    """Go on only if the ruling allows it.

    Args:
        ruling: What :func:`decide` answered.

    Raises:
        Refused: The ruling is no.
    """
    if not ruling:
        raise Refused(ruling.reason)
