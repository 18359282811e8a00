"""Words for kinds, states, phases, entries and audiences, and which states may follow.

Pure Python: models build their selections from here, and everything else compares with
these names instead of literals.
"""

OWN_RIGHT = "own_right"
CAREER_FOCUS = "career_focus"
EMPLOYER_INITIATED = "employer_initiated"
KINDS = [
    (OWN_RIGHT, "My own right"),
    (CAREER_FOCUS, "Career focus coaching"),
    (EMPLOYER_INITIATED, "On the employer's initiative"),
]
#: Kinds an employee can ask for; the third is the employer's.
KINDS_TO_REQUEST = (OWN_RIGHT, CAREER_FOCUS)
#: Kinds that count as participation in the uptake figures (disclosure rule R2).
KINDS_COUNTED = (OWN_RIGHT, CAREER_FOCUS)

REQUESTED = "requested"
INTAKE = "intake"
AGREED = "agreed"
ACTIVE = "active"
AFTERCARE = "aftercare"
CLOSED = "closed"
WITHDRAWN = "withdrawn"
DECLINED = "declined"
STATES = [
    (REQUESTED, "Requested"),
    (INTAKE, "Getting acquainted"),
    (AGREED, "Agreed"),
    (ACTIVE, "Under way"),
    (AFTERCARE, "Aftercare"),
    (CLOSED, "Closed"),
    (WITHDRAWN, "Withdrawn"),
    (DECLINED, "Declined"),
]
#: States in which a traject runs: one at a time for each employee.
RUNNING = (REQUESTED, INTAKE, AGREED, ACTIVE)
#: States in which the participants can still write.
WRITABLE = (*RUNNING, AFTERCARE)
ENDED = (CLOSED, WITHDRAWN, DECLINED)

#: state -> states that may follow it.
FOLLOWING = {
    REQUESTED: {INTAKE, DECLINED, WITHDRAWN},
    INTAKE: {REQUESTED, AGREED, WITHDRAWN, DECLINED},
    AGREED: {REQUESTED, ACTIVE, WITHDRAWN, DECLINED},
    ACTIVE: {REQUESTED, AFTERCARE, WITHDRAWN},
    AFTERCARE: {CLOSED},
    CLOSED: set(),
    WITHDRAWN: set(),
    DECLINED: set(),
}

#: The four phases, in any order, several at once, again and again.
PHASES = [
    ("self", "Self-exploration"),
    ("vision", "Vision"),
    ("market", "Market exploration"),
    ("approach", "Market approach"),
]

#: kind of entry -> who may be its audience.
SELF = "self"
COACH = "coach"
DESK = "desk"
AUDIENCES = [
    (SELF, "Only the employee"),
    (COACH, "Employee and coach"),
    (DESK, "Employee and desk"),
]

NOTE = "note"
MESSAGE = "message"
PLAN = "plan"
EXPLORATION = "exploration"
SESSION = "session"
AGREEMENT = "agreement"
PHASE = "phase"
OUTCOME = "outcome"
DECISION = "decision"
WISHES = "wishes"
MEASURE = "measure"
#: The employee's copy of a voucher: its reference and its code.
VOUCHER = "voucher"
ENTRY_KINDS = {
    NOTE: ("Note", (SELF,)),
    MESSAGE: ("Message", (COACH,)),
    PLAN: ("Plan", (SELF, COACH)),
    EXPLORATION: ("Exploration", (SELF, COACH)),
    SESSION: ("Session", (COACH,)),
    AGREEMENT: ("Agreement", (COACH,)),
    PHASE: ("Phase", (COACH,)),
    OUTCOME: ("Outcome", (SELF,)),
    DECISION: ("Decision", (DESK,)),
    WISHES: ("Wishes", (DESK,)),
    MEASURE: ("Help from the budget", (DESK,)),
    VOUCHER: ("Voucher", (SELF,)),
}

OUTCOMES = [
    ("stays_renewed", "I stay, and my work has changed"),
    ("job_inside", "Another job here"),
    ("job_outside", "Another job elsewhere"),
    ("study", "A study or training"),
    ("fewer_hours", "Fewer hours"),
    ("side_freelance", "Freelance work beside my job"),
    ("self_employed", "Self-employed"),
    ("none_yet", "No change yet"),
]

#: Actions a view may offer; the door refuses any that is not in ``view.actions``.
SIGN = "sign"
WITHDRAW = "withdraw"
CLOSE = "close"
SWAP = "swap"
WRITE = "write"
PHASES_ACTION = "phases"
ASSIGN = "assign"
DECLINE = "decline"
ACCEPT = "accept"
REFUSE = "refuse"
PROPOSE_AGREEMENT = "propose_agreement"
PROPOSE_SESSION = "propose_session"
END_AFTERCARE = "end_aftercare"
CONSULT = "consult"
SETTLE = "settle"
ASK_MEASURE = "ask_measure"
DECIDE_MEASURE = "decide_measure"
MAKE_VOUCHER = "make_voucher"
#: Actions that carry a traject on: not after somebody has left, if the rule says so.
CARRIES_ON = frozenset(
    {SIGN, ASSIGN, CONSULT, ACCEPT, PROPOSE_AGREEMENT, ASK_MEASURE, MAKE_VOUCHER}
)

#: States of a use of a right.
RESERVED = "reserved"
USED = "used"
RETURNED = "returned"
USE_STATES = [(RESERVED, "Reserved"), (USED, "Used"), (RETURNED, "Returned")]

#: How the employee wants to hear that something is waiting.
CHANNEL_NONE = "none"
CHANNEL_MAIL = "mail"
