"""What guard, access log and sealing cost: opening a traject, with and without them.

The same page of the same dossier is asked for over and over, by turns with the three
and with them taken out (:mod:`without`), through Odoo's own application: a request with
cookies goes in, a page comes out. Only the network and the web server are missing. Two
employees have the same dossier, one sealed, one as plain text; the coach of both is the
same, logged in with a second factor.

Rows are committed: the database is one that is thrown away.
"""

import base64
import gc
import re
import statistics
import time
from dataclasses import dataclass
from datetime import timedelta

from measure import table
from werkzeug.test import Client
from without import taken_out

from odoo import SUPERUSER_ID, api
from odoo.http import root
from odoo.modules.registry import Registry

from odoo.addons.auth_totp.models.totp import DIGITS, TIMESTEP, hotp

#: A page with the three may take so many times what it takes without.
MOST_TIMES_WITHOUT = 1.3
#: Pairs of openings that are measured, and those before that warm up.
TURNS, WARM_UP = 60, 5
SEALED, PLAIN = "sealed", "plain"
#: What each part of a dossier has, written by one or both.
MESSAGES, NOTES, SESSIONS, PLANS, LOGBOOK, OPENINGS = 12, 6, 4, 2, 4, 20
#: The secret of the coach's second factor, in base 32.
SECRET = base64.b32encode(b"invented for it.").decode()
TEXT = "What I want to be able to do in two years from now, and what I do for it. " * 6
#: Where the browser is: the application is asked without a network.
PLACE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_LANGUAGE": "en"}
#: Differs by design: references, tokens, numbers of forms, and whose session it is.
CHANGING = re.compile(r"\b[0-9a-f]{40}o\d+|\b[0-9a-f]{24,40}\b|__session_info__ = .*")


def people_of(registry):
    """Make a company with two employees alike and their dossiers; commit.

    :return: ``{"sealed": ref, "plain": ref}``
    """
    from odoo.addons.hr_career_focus.tests.common import CareerCompany

    class People(CareerCompany):
        """The company of the tests, outside a test."""

    with registry.cursor() as cr:
        People.env = api.Environment(cr, SUPERUSER_ID, {})
        People.make_company()
        return make_dossiers(People)


def make_dossiers(company):
    """Give two employees of a :class:`CareerCompany` one dossier each."""
    for login in ("victim", "colleague"):
        company.people[login].name = "Measured Person"
        company.users[login].email = "measured@x.test"
    company.users["coach"].totp_secret = SECRET
    refs = {SEALED: make_dossier(company, "victim")}
    with taken_out(keep_log=True):
        refs[PLAIN] = make_dossier(company, "colleague")
    company.company.career_second_factor = True
    company.env.flush_all()
    return refs


def make_dossier(company, login):
    """Go through a traject of ``login`` as far as it is under way; return its ref."""
    from odoo.addons.hr_career_focus.casework import constants as c
    from odoo.addons.hr_career_focus.tests.common import NOW

    ref = company.make_active(login)
    for number in range(OPENINGS):
        at = NOW + timedelta(days=number // 2, hours=number)
        _ = company.coach_door(now=at).case(ref).view
    mine = company.employee_door(login).case(ref)
    coach = company.coach_door().case(ref)
    for number in range(MESSAGES):
        (mine, coach)[number % 2].write(c.MESSAGE, c.COACH, {"text": TEXT})
    for number in range(NOTES):
        mine.write(c.NOTE, c.SELF, {"title": f"Note {number}", "text": TEXT})
    for number in range(SESSIONS):
        on = NOW + timedelta(days=7 * number + 7)
        coach.propose_session({"on": on.isoformat(timespec="minutes"), "note": TEXT})
    for _number in range(PLANS):
        mine.write(c.PLAN, c.COACH, {"ambitions": TEXT, "steps": TEXT})
    for _number in range(LOGBOOK):
        mine.write(c.EXPLORATION, c.COACH, {"on": "2026-06-10", "tried": TEXT})
    return ref


class Browser:
    """Asks Odoo's application for pages, as one login."""

    def __init__(self, database, login, secret=None):
        self.client = Client(root)
        page = self.get(f"/web/login?db={database}")
        values = {"login": login, "password": login.ljust(8, "x")}
        page = self._send("/web/login", values, page)
        if secret:
            page = self.get(page.headers["Location"])
            page = self._send(
                "/web/login/totp", {"totp_token": code_of(secret, time.time())}, page
            )
        if page.status_code != 303:
            raise RuntimeError(f"{login} cannot log in.")

    def get(self, path):
        """Ask for a page and take all of it."""
        return self.client.get(path, environ_overrides=PLACE)

    def _send(self, path, values, page):
        token = re.search(r'csrf_token: "([^"]+)"', page.get_data(as_text=True))
        data = {**values, "csrf_token": token.group(1)}
        return self.client.post(path, data=data, environ_overrides=PLACE)

    def open(self, path):
        """Open a page that must be there; return what it says, and its seconds."""
        start = time.perf_counter()
        response = self.get(path)
        text = response.get_data(as_text=True)
        seconds = time.perf_counter() - start
        if response.status_code != 200:
            raise RuntimeError(f"The page answered {response.status_code}.")
        return CHANGING.sub("", text), seconds


def code_of(secret, moment):
    """Return the code of the second factor at a moment, as an app on a phone would."""
    return f"{hotp(base64.b32decode(secret), int(moment / TIMESTEP)):0{DIGITS}d}"


@dataclass(frozen=True)
class Compared:
    """Seconds of a page, with the three and without, by turns."""

    name: str
    with_them: tuple
    without: tuple

    @property
    def ratio(self):
        """How many times the median without is the median with."""
        return statistics.median(self.with_them) / statistics.median(self.without)

    @property
    def is_met(self):
        """Whether the goal is met."""
        return self.ratio <= MOST_TIMES_WITHOUT


def compare(name, sealed, plain, turns, warm_up=WARM_UP):
    """Open a page by turns: ``sealed()`` as it is, ``plain()`` with the three out.

    :param sealed, plain: functions that return what the page says and its seconds
    :raise RuntimeError: when it is not the same page
    """
    with_them, without = [], []
    for turn in range(warm_up + turns):
        for measured in ((with_them, without), (without, with_them))[turn % 2]:
            gc.collect()
            if measured is without:
                with taken_out():
                    page, seconds = plain()
                other = page
            else:
                page, seconds = sealed()
                own = page
            if turn >= warm_up:
                measured.append(seconds)
        if own != other:
            raise RuntimeError(f"{name}: these are two different pages.")
    return Compared(name, tuple(with_them), tuple(without))


def pages(database, refs, turns, warm_up=WARM_UP, coach=None):
    """Measure each page; the employee's first, because the coach's adds lines to it."""
    owners = {
        name: Browser(database, login)
        for name, login in ((SEALED, "victim"), (PLAIN, "colleague"))
    }
    coach = coach or Browser(database, "coach", SECRET)

    def own(name):
        return lambda: owners[name].open(f"/my/focus/file/{refs[name]}")

    def shared(name):
        return lambda: coach.open(f"/focus/coach/{refs[name]}")

    return [
        compare("employee", own(SEALED), own(PLAIN), turns, warm_up),
        compare("coach", shared(SEALED), shared(PLAIN), turns, warm_up),
    ]


def milliseconds(seconds):
    """Write a median, and between which values the middle half lies.

    >>> milliseconds([0.020, 0.021, 0.022, 0.023, 0.030])
    '22.0 (20.5 - 26.5)'
    """
    low, middle, high = statistics.quantiles(seconds, n=4)
    return f"{middle * 1000:.1f} ({low * 1000:.1f} - {high * 1000:.1f})"


def report(database, turns=TURNS):
    """Make the dossiers, measure the pages and print what was found.

    :return: whether the goal is met by each page
    """
    registry = Registry(database)
    refs = people_of(registry)
    with registry.cursor() as cr:
        cr.execute("SHOW fsync")
        [[fsync]] = cr.fetchall()
    found = pages(database, refs, turns)
    print(
        f"\nOpening a traject, {turns} times with guard, access log and sealing and "
        f"{turns} times\nwith these taken out, by turns: milliseconds, median "
        f"(middle half); fsync is {fsync}\n"
    )
    rows = [
        (
            one.name,
            milliseconds(one.with_them),
            milliseconds(one.without),
            f"{one.ratio:.2f}",
        )
        for one in found
    ]
    print(table(("page of", "with", "without", "x without"), rows))
    print("\nGoals")
    for one in found:
        print(
            f"  {'met' if one.is_met else 'NOT MET':8} the {one.name}'s page at most "
            f"{MOST_TIMES_WITHOUT} times without: {one.ratio:.2f}"
        )
    return all(one.is_met for one in found)
