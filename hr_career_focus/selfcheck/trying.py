"""Try what every role gets of the synthetic case, in every way there is."""

import ast
import logging
import secrets
import threading
from contextlib import contextmanager

from psycopg2 import Error

from odoo.exceptions import UserError
from odoo.tools import SQL

from ..casework import constants as c
from ..vault import scope, sealing
from . import looking
from .calls import ACTION_CODE, ACTION_TRIES, NEVER, NO_ROOM, READERS, WRITERS
from .cast import COACH, DESK, EVERYTHING
from .findings import Cell
from .tables import rows as read

#: Ways of getting at something.
REMOTE, CHANGE, SUPERUSER, CODE = "remote", "change", "superuser", "code"
#: The coach's login once somebody else has given it a password.
TAKEN_OVER = "closed_login"
#: Where nothing stops the tries: they must get through there, each of them.
CONTROL = "control"
OPEN_RECORD = "open_record"
#: What the database says when a trigger raises an exception.
RAISE_EXCEPTION = "P0001"
#: Numbers of which no two rows have the same.
UNIQUE_NUMBERS = ("place",)
LONG_AGO = 1990
#: Confidential models that a role reads itself: the sealed columns stay closed.
MAY_READ = {
    ("hr.career.traject", COACH),
    ("hr.career.traject", DESK),
    ("hr.career.entry: shared", COACH),
    ("hr.career.right.use", DESK),
}


def cells(env, cast, rows):
    """Return the cells of the matrix."""
    found = [*looking.cells(cast), *looking.in_tables(cast, rows)]
    assets = _assets(env, rows.made())
    action = _action(cast.env_of("settings_admin"))
    env.flush_all()
    found.append(_on_an_open_record(env))
    for asset, (model, ids) in assets.items():
        if not ids:
            # Nothing to try is no proof.
            found.append(Cell(CONTROL, asset, REMOTE, True, False, 0))
            continue
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
        found += [trial.control(), trial.code_control(action)]
    cast.take_over(COACH)
    inside = cast.env_of(COACH)
    found += looking.seen(cast, TAKEN_OVER, inside)
    for asset, (model, ids) in assets.items():
        if not ids:
            continue
        trial = Trial(env, asset, model, ids)
        found.append(trial.cell(TAKEN_OVER, REMOTE, inside, READERS, False))
    return _merged(found)


def _on_an_open_record(env):
    """Make every call on a contact: nothing protects it, so each must get through."""
    new = {"name": "-", "ref": sealing.new_ref()}
    partner = env["res.partner"].create({"name": "-", "ref": sealing.new_ref()})
    env.flush_all()
    trial = Trial(env, OPEN_RECORD, "res.partner", partner.ids, new)
    return trial.through({**READERS, **WRITERS})


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

    def __init__(self, env, asset, model, ids, new=None):
        self.env = env
        self.asset = asset
        self.model = model
        self.ids = ids
        #: Values with which one more such row can be made.
        self.new = new or self._like_the_first()
        # What would give a row away: its random reference.
        table = SQL.identifier(env[model]._table)
        found = read(env, "SELECT ref FROM %s WHERE id = ANY(%s)", table, ids)
        self.secrets = {row["ref"] for row in found}

    def _like_the_first(self):
        """Return the values of the first row, with texts of its own where unique."""
        model = self.env[self.model]
        table = SQL.identifier(model._table)
        [row] = read(self.env, "SELECT * FROM %s WHERE id = %s", table, self.ids[0])
        values = {name: row[name] for name in row if name in model._fields}
        del values["id"]
        for name, value in values.items():
            if value and model._fields[name].type == "char":
                values[name] = secrets.token_hex(len(value) // 2)
            elif name in UNIQUE_NUMBERS:
                values[name] = secrets.randbelow(2**31)
            elif value and model._fields[name].type == "date":
                # Of some months there can be one row only.
                values[name] = value.replace(year=LONG_AGO)
        return values

    def control(self):
        """Make the calls where the vault is open: each of them must get through."""
        calls = {**READERS, **WRITERS}
        with scope.opened():
            return self.through(
                {
                    name: calls[name]
                    for name in calls
                    if name not in NEVER and (self.model, name) not in NO_ROOM
                }
            )

    def through(self, calls, way=REMOTE):
        """Make each call as the system; return a control with those that got nothing.

        A call that fails here would fail whatever happened to the wall.
        """
        dead = []
        for name, call in calls.items():
            savepoint = self._savepoint()
            try:
                got = self._tells(call(self.env[self.model], self.ids, self.new))
            except Error as error:
                # A trigger of ours refuses everybody: the log is only added to.
                got = error.pgcode == RAISE_EXCEPTION or self._tells(str(error))
            except Exception as error:
                got = self._tells(str(error))
            self._take_back(savepoint)
            dead += [name] * (not got)
        return Cell(CONTROL, self.asset, way, True, not dead, len(calls), tuple(dead))

    def cell(self, role, way, inside, calls, expected):
        """Make all ``calls`` as one login; take back what they did."""
        got, savepoint = [], self._savepoint()
        for name, call in calls.items():
            try:
                tells = self._tells(call(inside[self.model], self.ids, self.new))
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
        return self.cell(role, CODE, action.env, self._programs(action), False)

    def code_control(self, action):
        """Let the same programs run where the vault is open."""
        with scope.opened():
            return self.through(self._programs(action), CODE)

    def _programs(self, action):
        return {
            f"server action {number}": lambda _model, _ids, _new, code=code: _run(
                action, ACTION_CODE % (code % (self.model, self.ids))
            )
            for number, code in enumerate(ACTION_TRIES, start=1)
        }


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
            return _read_back(str(error))
    return ""


def _read_back(text):
    """Return what a program handed back: values when it was values, else the text."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


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
