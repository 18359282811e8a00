"""What a door hands to a page: plain values, opened once, for one reader.

Nothing here is stored. A view carries only what its reader may see, so that a page
cannot show more by mistake.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class ConditionView:
    """One thing that goes with a right, in a sentence."""

    code: str  # engine.values CONDITION_* constants
    sentence: str


@dataclass(frozen=True)
class RightView:
    """One right of the employee, with its answer in plain words."""

    rule_id: int
    name: str
    description: str
    agreement: str
    version: str
    article: str
    status: str  # engine.values status constants
    sentence: str
    left: str  # formatted, "" when there is nothing to use now
    granted: str  # formatted, "" when it says no more than ``left``
    share: int  # of what was granted, how many percent is left
    until: date | None
    lapsing: str  # formatted: what is lost after ``until``
    next_date: date | None
    reasons: tuple[str, ...]
    conditions: tuple[ConditionView, ...]
    source_url: str
    can_request: bool
    is_own_claim: bool  # claimed from a fund, outside this product
    desk_names_coach: bool  # the employee is proposed one
    employer: str = ""  # where the right is; "" for who has one employer
    to_ask: str = ""  # who to ask at another employer, in a sentence


@dataclass(frozen=True)
class PublicRightView:
    """A right that a government or a fund gives: a dated text, and who published it."""

    name: str
    kind: str  # models.public_right: career, other or ended
    region: str
    text: str
    conditions: tuple[str, ...]
    steps: tuple[str, ...]
    by_employer: bool  # arranged with the employer, who then knows
    until: date | None
    publisher: str
    text_date: date | None
    seen_on: date
    source_url: str


@dataclass(frozen=True)
class ReserveView:
    """How much somebody may fill in: plain numbers for a field, and in words."""

    usual: str
    most: str
    step: str
    most_text: str
    can_choose: bool
    names_coach: bool = True  # whether the employee may name a coach with this right


@dataclass(frozen=True)
class CoachCard:
    """A coach as the directory shows one."""

    coach_id: int
    name: str
    is_external: bool
    introduction: str
    specialisms: tuple[str, ...]
    languages: tuple[str, ...]
    region: str
    modalities: tuple[str, ...]
    registrations: tuple[str, ...]
    other_assignments: str
    conflicts: tuple[str, ...] = ()  # plain sentences; empty when free to take the case


@dataclass(frozen=True)
class DeskHolder:
    """Who runs the desk: a name, by whose decision until when, and who confirmed."""

    name: str
    appointed_by: str
    scope: str
    until: date
    confirmed_by: str  # "" for a mandate from before there was a second person


@dataclass(frozen=True)
class EntryView:
    """One opened entry. ``fields`` depends on the kind (see casework.entries)."""

    ref: str
    kind: str
    audience: str
    by: str  # "employee", "coach" or "desk"
    at: datetime
    fields: dict
    mine: bool  # may this reader edit or remove it
    locked: bool = False  # sealed with own keys, and the reader's does not open it now
    tier: str = "server"  # casework.personal: PERSONAL or SERVER


@dataclass(frozen=True)
class PhaseView:
    code: str
    label: str
    is_active: bool
    times_entered: int
    last_entered: date | None


@dataclass(frozen=True)
class OpeningView:
    """The openings by one person, as one role, for one purpose, within one hour."""

    at: datetime  # the last of them
    role: str
    purpose: str
    times: int
    ref: str = ""  # the last of them, by which it is called odd
    odd: object = None  # what the employee said of it (OddView), or None


@dataclass(frozen=True)
class CaseView:
    """A case as one reader sees it. Lists are empty for who may not see them."""

    ref: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    month_requested: date
    who: str  # employee: own name; coach: alias until agreed; desk: name
    coach: CoachCard | None
    contact: str  # how to reach the employee, as the employee chose it
    phases: tuple[PhaseView, ...]
    actions: frozenset
    agreement: EntryView | None = None
    signed_by_employee: bool = False
    signed_by_coach: bool = False
    sessions: tuple[EntryView, ...] = ()
    messages: tuple[EntryView, ...] = ()
    notes: tuple[EntryView, ...] = ()
    explorations: tuple[EntryView, ...] = ()
    plan: EntryView | None = None
    plan_versions: tuple[EntryView, ...] = ()
    outcome: EntryView | None = None
    decisions: tuple[EntryView, ...] = ()
    openings: tuple[OpeningView, ...] = ()
    right: str = ""  # employee, desk: which right, and what of it, in a sentence
    has_begun: bool = False  # a session was held
    stopped: str = ""  # why the traject cannot go on, when it cannot
    informed: bool = False  # desk: the employer is informed, which the desk is
    deciding: object = None  # desk: what it may open or settle (ReserveView)
    preferred_coach: str = ""
    candidates: tuple[CoachCard, ...] = field(default_factory=tuple)
    aftercare_until: date | None = None
    seal: object = None  # employee, coach: how texts are sealed (SealView)
    held: str = ""  # employee: why it cannot be deleted, under a legal hold
    is_unsettled: bool = False  # what was used is not recorded yet
    deleted_in: date | None = None  # employee: the month of the purge, once it ended
    measures: tuple = ()  # employee, desk: help from the budget (MeasureView)
    rooms: tuple = ()  # employee: for what there is room (RoomView)
    has_code: bool = False  # employee: a code for after leaving was made
    vouchers: object = None  # employee: what can be paid with (OwnVouchers)


@dataclass(frozen=True)
class InboxLine:
    """One line of the desk's inbox or of a coach's list."""

    ref: str
    who: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    month_requested: date
    coach_name: str
    needs_action: bool
    waiting_for: str  # plain sentence: what happens next and who must act
