"""Try what every role gets of the synthetic case, in every way there is."""

import logging
import threading
from contextlib import contextmanager

from psycopg2 import Error

from odoo.exceptions import UserError
from odoo.tools import SQL

from ..casework import CoachDoor, DeskDoor, EmployeeDoor
from ..casework import constants as c
from .cast import COACH, DESK, EMPLOYEE, EVERYTHING
from .findings import Cell
from .tables import rows as read

#: Ways of getting at something.
PAGES, REMOTE, CHANGE, SUPERUSER, CODE, TABLES = (
    "pages",
    "remote",
    "change",
    "superuser",
    "code",
    "tables",
)
#: The coach's login once somebody else has given it a password.
TAKEN_OVER = "closed_login"
#: What the pages show, by the words that stand for it.
PERSON, SHARED, OWN = "person", "shared", "own"
MAY_SEE = {
    PERSON: {EMPLOYEE, COACH, DESK},
    SHARED: {EMPLOYEE, COACH},
    OWN: {EMPLOYEE},
}
#: Confidential models that a role reads itself: the sealed columns stay closed.
MAY_READ = {
    ("hr.career.traject", COACH),
    ("hr.career.traject", DESK),
    ("hr.career.entry: shared", COACH),
    ("hr.career.right.use", DESK),
}
#: Every way to read a model that Odoo offers to a remote call.
READERS = {
    "search": lambda model, ids: model.search([("id", "in", ids)]).ids,
    "search_read": lambda model, ids: model.search_read([("id", "in", ids)], ["ref"]),
    "search_count": lambda model, ids: model.search_count([("id", "in", ids)]),
    "read": lambda model, ids: model.browse(ids).read(["ref"]),
    "attribute": lambda model, ids: model.browse(ids).mapped("ref"),
    "web_read": lambda model, ids: model.browse(ids).web_read({"ref": {}}),
    "web_search_read": lambda model, ids: model.web_search_read(
        [("id", "in", ids)], {"ref": {}}
    ),
    "name_search": lambda model, ids: model.name_search("", [("id", "in", ids)]),
    "display_name": lambda model, ids: model.browse(ids).mapped("display_name"),
    "formatted_read_group": lambda model, ids: model.formatted_read_group(
        [("id", "in", ids)], ["ref"], ["__count"]
    ),
    "_read_group": lambda model, ids: model._read_group(
        [("id", "in", ids)], [], ["__count"]
    )[0][0],
    "export_data": lambda model, ids: model.browse(ids).export_data(["ref"]),
    "get_metadata": lambda model, ids: model.browse(ids).get_metadata(),
    "exists": lambda model, ids: model.browse(ids).exists().ids,
    "copy": lambda model, ids: model.browse(ids).copy(),
    "load": lambda model, ids: model.load([".id"], [[str(ids[0])]]),
    "onchange": lambda model, ids: model.browse(ids[:1]).onchange({}, [], {"ref": {}}),
}
WRITERS = {
    "write": lambda model, ids: model.browse(ids).write({"ref": "x" * 32}),
    "unlink": lambda model, ids: model.browse(ids).unlink(),
    "create": lambda model, ids: model.create({}).ids,
}
#: What an administrator's code can write; it hands back what it got as an error.
ACTION_CODE = "raise UserError(repr([%s]))"
ACTION_TRIES = (
    "env['%s'].sudo().search([('id', 'in', %s)]).read()",
    "env['%s'].with_user(1).browse(%s).mapped('ref')",
    "env['%s'].with_context(scope=True).search([('id', 'in', %s)]).ids",
    "env['%s'].sudo().browse(%s)._guard_readable().ids",
)


def cells(env, cast, rows):
    """Return the cells of the matrix."""
    found = [*_pages(cast), *_tables(cast, rows)]
    assets = _assets(env, rows.made())
    action = _action(cast.env_of("settings_admin"))
    env.flush_all()
    for asset, (model, ids) in assets.items():
        trial = Trial(env, asset, model, ids)
        for role in cast.users:
            inside = cast.env_of(role)
            may = (asset, role) in MAY_READ
            found.append(trial.cell(role, REMOTE, inside, READERS, may))
            found.append(trial.cell(role, CHANGE, inside, WRITERS, False))
        for role in (COACH, "settings_admin", EVERYTHING):
            inside = cast.env_of(role, su=True)
            found.append(trial.cell(role, SUPERUSER, inside, READERS, False))
            found.append(trial.cell(role, SUPERUSER, inside, WRITERS, False))
        found.append(trial.code("settings_admin", action))
    cast.take_over(COACH)
    inside = cast.env_of(COACH)
    found += _seen(cast, TAKEN_OVER, inside)
    for asset, (model, ids) in assets.items():
        trial = Trial(env, asset, model, ids)
        found.append(trial.cell(TAKEN_OVER, REMOTE, inside, READERS, False))
    return _merged(found)


def _assets(env, made):
    """Return {asset: (model, ids)}; entries apart by who may know that they exist."""
    found = {}
    for model, ids in made.items():
        if model != "hr.career.entry":
            found[model] = (model, ids)
            continue
        shared = {
            row["id"]
            for row in read(
                env,
                "SELECT id FROM hr_career_entry WHERE audience = %s AND id = ANY(%s)",
                c.COACH,
                ids,
            )
        }
        found[f"{model}: shared"] = (model, sorted(shared))
        found[f"{model}: own"] = (model, sorted(set(ids) - shared))
    return found


def _merged(found):
    """Make one cell of those of one role, asset and way."""
    by_place = {}
    for cell in found:
        place = (cell.role, cell.asset, cell.way)
        if place in by_place:
            other = by_place[place]
            cell = Cell(
                *place,
                cell.expected or other.expected,
                cell.reached or other.reached,
                cell.tried + other.tried,
                other.calls + cell.calls,
            )
        by_place[place] = cell
    return list(by_place.values())


class Trial:
    """All calls on the synthetic rows of one confidential model."""

    def __init__(self, env, asset, model, ids):
        self.env = env
        self.asset = asset
        self.model = model
        self.ids = ids
        # What would give a row away: its random reference.
        table = SQL.identifier(env[model]._table)
        found = read(env, "SELECT ref FROM %s WHERE id = ANY(%s)", table, ids)
        self.secrets = {row["ref"] for row in found}

    def cell(self, role, way, inside, calls, expected):
        """Make all ``calls`` as one login; take back what they did."""
        got, savepoint = [], self._savepoint()
        for name, call in calls.items():
            try:
                tells = self._tells(call(inside[self.model], self.ids))
            except Error as error:
                # The database has refused the rest too: begin again behind it.
                self._take_back(savepoint)
                savepoint, tells = self._savepoint(), self._tells(str(error))
            except Exception as error:
                tells = self._tells(str(error))
            got += [name] * tells
        self._take_back(savepoint)
        leaking = () if expected else tuple(got)
        return Cell(role, self.asset, way, expected, bool(got), len(calls), leaking)

    def _savepoint(self):
        self.env.transaction.clear()
        return self.env.cr.savepoint(flush=False)

    def _take_back(self, savepoint):
        self.env.transaction.clear()
        savepoint.rollback()
        savepoint.close(rollback=False)

    def _tells(self, got):
        """Whether an answer gives one of the rows away, or that there are any."""
        if isinstance(got, (bool, int)):
            return bool(got)
        if isinstance(got, list) and set(got_numbers(got)) & set(self.ids):
            return True
        text = repr(got)
        return any(secret in text for secret in self.secrets)

    def code(self, role, action):
        """Let an administrator's server action try."""
        calls = {
            f"server action {number}": lambda _model, _ids, code=code: _run(
                action, ACTION_CODE % (code % (self.model, self.ids))
            )
            for number, code in enumerate(ACTION_TRIES, start=1)
        }
        return self.cell(role, CODE, action.env, calls, False)


def got_numbers(values):
    """Give the whole numbers in a list, and in the dicts and pairs of a list.

    >>> got_numbers([1, {"id": 2}, (3, "x"), "4"])
    [1, 2, 3]
    """
    found = []
    for value in values:
        if isinstance(value, bool):
            continue
        if isinstance(value, int):
            found.append(value)
        elif isinstance(value, dict):
            found += got_numbers([value.get("id")])
        elif isinstance(value, (tuple, list)):
            found += got_numbers(value)
    return found


def _action(inside):
    """Return a server action as the login of ``inside`` runs it."""
    partner = inside["ir.model"].sudo()._get("res.partner")
    values = {"name": "-", "state": "code", "model_id": partner.id, "code": "pass"}
    return inside["ir.actions.server"].sudo().create(values).with_env(inside)


def _run(action, code):
    """Run code in a server action; return what it gave away by its error."""
    action.sudo().code = code
    with unlogged("odoo.addons.base.models.ir_actions"):
        try:
            action.run()
        except UserError as error:
            return str(error)
    return ""


@contextmanager
def unlogged(name):
    """Keep what this very thread does in the block out of one log."""
    here = threading.get_ident()

    def keep(record):
        return record.thread != here

    logger = logging.getLogger(name)
    logger.addFilter(keep)
    try:
        yield
    finally:
        logger.removeFilter(keep)


# -- pages and tables ------------------------------------------------------------------


def _pages(cast):
    """What each role gets through the doors, which is all that pages show."""
    return [
        cell for role in cast.users for cell in _seen(cast, role, cast.env_of(role))
    ]


def _seen(cast, role, env):
    """Give what one login gets through each door in turn."""
    seen, tried = "", 0
    for look in (
        lambda: CoachDoor(env, cast.now).cases(),
        lambda: CoachDoor(env, cast.now).case(cast.ref).view,
        lambda: DeskDoor(env, cast.now).inbox(),
        lambda: DeskDoor(env, cast.now).case(cast.ref).view,
        lambda: EmployeeDoor(env, cast.now).past(),
        lambda: EmployeeDoor(env, cast.now).case(cast.ref).view,
    ):
        tried += 1
        try:
            seen += repr(look())
        except Exception as error:
            # Any refusal will do; what must be open is a control in the matrix.
            seen += str(error)
    for asset, roles in MAY_SEE.items():
        reached = getattr(cast.words, asset) in seen
        may = role in roles
        calls = ("page",) if reached and not may else ()
        yield Cell(role, asset, PAGES, may, reached, tried, calls)


def _tables(cast, rows):
    """What whoever reads the tables finds of what was written: nothing."""
    cast.env.flush_all()
    for asset, word in ((SHARED, cast.words.shared), (OWN, cast.words.own)):
        tables = rows.texts([word, word.encode().hex()])
        yield Cell(
            "database", asset, TABLES, False, bool(tables), len(rows.last), (*tables,)
        )
    inside = {cast.env[model]._table for model in rows.vault}
    tables = [one for one in rows.texts([cast.words.person]) if one in inside]
    yield Cell("database", PERSON, TABLES, False, bool(tables), len(inside), (*tables,))
