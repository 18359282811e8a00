"""What the rehearsal's logins get through the doors, which is all that pages show."""

from ..casework import (
    CoachDoor,
    DeskDoor,
    EmployeeDoor,
    approvals,
)
from ..casework.later import LaterDoor
from ..casework.login_desk import LoginsDoor
from ..casework.privacy import PrivacyDoor
from ..casework.retention import RetentionDoor
from .cast import COACH, CODE_HOLDER, DESK, EMPLOYEE, OFFICER
from .findings import Cell

#: Ways of getting at something.
PAGES, TABLES = "pages", "tables"
#: What the pages show, by the words that stand for it.
PERSON, SHARED, OWN, ODD, ASKED, HELD = (
    "person",
    "shared",
    "own",
    "odd",
    "asked",
    "held",
)
MAY_SEE = {
    PERSON: {EMPLOYEE, COACH, DESK, CODE_HOLDER},
    SHARED: {EMPLOYEE, COACH, CODE_HOLDER},
    OWN: {EMPLOYEE, CODE_HOLDER},
    ODD: {EMPLOYEE, CODE_HOLDER, OFFICER},
    ASKED: {DESK, OFFICER},
    HELD: {DESK, OFFICER},
}
#: Who gets in at all.
MAY_ENTER = {
    "door_coach": {COACH, "other_coach"},
    "door_desk": {DESK},
    "door_second": {DESK, OFFICER},
    "door_privacy": {OFFICER},
    "door_retention": {OFFICER},
    "door_logins": {DESK, OFFICER},
    "door_later": {CODE_HOLDER},
}
LOOKS = {
    "door_coach": (
        lambda env, cast: CoachDoor(env, cast.now).cases(),
        lambda env, cast: CoachDoor(env, cast.now).case(cast.ref).view,
    ),
    "door_desk": (
        lambda env, cast: DeskDoor(env, cast.now).inbox(),
        lambda env, cast: DeskDoor(env, cast.now).case(cast.ref).view,
    ),
    "door_employee": (
        lambda env, cast: EmployeeDoor(env, cast.now).past(),
        lambda env, cast: EmployeeDoor(env, cast.now).case(cast.ref).view,
    ),
    "door_second": (
        lambda env, cast: approvals.waiting(env, cast.now),
        lambda env, cast: approvals.asked(env, cast.now),
    ),
    "door_privacy": (
        lambda env, cast: PrivacyDoor(env, cast.now).signals(),
        lambda env, cast: PrivacyDoor(env, cast.now).signal(cast.odd_ref),
    ),
    "door_retention": (
        lambda env, cast: RetentionDoor(env, cast.now).certificates(),
        lambda env, cast: RetentionDoor(env, cast.now).holds.views(),
    ),
    "door_logins": (lambda env, cast: LoginsDoor(env, cast.now).role,),
}
#: Texts that are no code, for everybody who has none.
NO_CODES = (lambda cast: cast.ref, lambda cast: cast.code[::-1], lambda cast: "")


def cells(cast):
    """Return what each role gets, and whoever has the code and no login."""
    found = [
        cell for role in cast.users for cell in seen(cast, role, cast.env_of(role))
    ]
    nobody = cast.env(user=cast.env.ref("base.public_user").id, su=False)
    return [*found, *seen(cast, CODE_HOLDER, nobody, (lambda cast: cast.code,))]


def seen(cast, role, env, codes=NO_CODES):
    """Give what one login gets through each door in turn, and which doors open."""
    looks = dict(LOOKS)
    looks["door_later"] = [
        lambda env, cast, code=code: LaterDoor(env, code(cast), cast.now).case.view
        for code in codes
    ]
    everything, tried = "", 0
    for door, calls in looks.items():
        opened = False
        for call in calls:
            tried += 1
            try:
                everything += repr(call(env, cast))
                opened = True
            except Exception as error:
                # Any refusal will do; what must be open is a control in the matrix.
                everything += str(error)
        if door in MAY_ENTER:
            may = role in MAY_ENTER[door]
            leaks = ("page",) if opened and not may else ()
            yield Cell(role, door, PAGES, may, opened, len(calls), leaks)
    for asset, roles in MAY_SEE.items():
        reached = getattr(cast.words, asset) in everything
        may = role in roles
        leaks = ("page",) if reached and not may else ()
        yield Cell(role, asset, PAGES, may, reached, tried, leaks)


def in_tables(cast, rows):
    """What whoever reads the tables finds of what was written: nothing."""
    cast.env.flush_all()
    for asset in MAY_SEE:
        if asset == PERSON:
            continue
        word = getattr(cast.words, asset)
        tables = rows.texts([word, word.encode().hex()])
        yield Cell(
            "database", asset, TABLES, False, bool(tables), len(rows.last), (*tables,)
        )
    inside = {cast.env[model]._table for model in rows.vault}
    tables = [one for one in rows.texts([cast.words.person]) if one in inside]
    yield Cell("database", PERSON, TABLES, False, bool(tables), len(inside), (*tables,))
