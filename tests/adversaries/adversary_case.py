"""Attacks over HTTP with real logins, and how it shows that one got through."""

import json
import logging
import re
from collections import Counter
from contextlib import contextmanager

from cast import ELSEWHERE, EVERYTHING, STRANGERS, Cast

from odoo.tests.common import Opener
from odoo.tools import SQL

from odoo.addons.hr_career_focus.casework.opening import vault
from odoo.addons.hr_career_focus.tests.page_case import PageCase
from odoo.addons.hr_career_focus.vault.inventory import vault_models

#: Session ids by login: everybody logs in once, with the password.
_sessions = {}
#: How many calls each test made; printed at the end of the session.
tally = Counter()


@contextmanager
def mute(name):
    """Keep one logger quiet for the block, whoever listens."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


#: The one answer of the guard to whatever is asked of a confidential model.
REFUSAL = "This does not exist, or it is not yours to see."


class AdversaryCase(Cast, PageCase):
    """An HTTP test on the committed cast."""

    #: Everybody who may learn nothing of the case.
    _secrets = None
    #: Switched off by the tests that do without the guard.
    is_guarded = True
    everyone = (*Cast.OUTSIDERS, EVERYTHING, *STRANGERS, *ELSEWHERE)

    @classmethod
    def setUpClass(cls):
        Cast.build()
        super().setUpClass()

    @classmethod
    def make_company(cls):
        """Bind the cast that is there instead of making one."""
        Cast.bind(cls)
        cls.models = vault_models(cls.env)
        with vault(cls.env) as inside:
            cls.ids = {name: inside[name].search([]).ids for name in cls.models}

    @classmethod
    def internal(cls):
        """Logins with an internal user, outsiders all."""
        return [one for one in cls.everyone if one != "colleague"]

    def setUp(self):
        super().setUp()
        # Refusals by the thousand; a test of the log sets its own level.
        self.enterContext(mute("odoo.http"))

    # -- sessions ------------------------------------------------------------------

    def login(self, login):
        """Go on in the session of ``login``; None is a visitor without one."""
        self.opener = Opener(self)
        self.who = login or "public"
        if not login:
            return
        if login not in _sessions:
            page = self.opener.get(self.base_url() + "/web/login").text
            answer = self.opener.post(
                self.base_url() + "/web/login",
                data={
                    "csrf_token": re.search(r'csrf_token: "([^"]+)"', page).group(1),
                    "login": login,
                    "password": login.ljust(8, "x"),
                },
                allow_redirects=False,
            )
            self.assertEqual(answer.status_code, 303, (login, answer.text[:2000]))
            _sessions[login] = self.opener.cookies["session_id"]
        self.opener.cookies.set("session_id", _sessions[login])

    def forget_session(self, login):
        """Make ``login`` log in anew the next time."""
        _sessions.pop(login, None)

    # -- calls ---------------------------------------------------------------------

    def call(self, model, method, args=(), kwargs=None, query=""):
        """Call a method as the web client does; return the decoded answer."""
        tally[self._testMethodName] += 1
        answer = self.opener.post(
            f"{self.base_url()}/web/dataset/call_kw/{model}/{method}{query}",
            json={
                "params": {
                    "model": model,
                    "method": method,
                    "args": list(args),
                    "kwargs": kwargs or {},
                }
            },
        ).json()
        # An attack without a session would find nothing, and prove nothing.
        name = answer.get("error", {}).get("data", {}).get("name", "")
        self.assertFalse(name.endswith("SessionExpiredException"), self.who)
        return answer

    def visit(self, path, **options):
        """Open an address; return the response."""
        tally[self._testMethodName] += 1
        return self.url_open(path, allow_redirects=False, **options)

    # -- what must not come out ----------------------------------------------------

    def secrets(self):
        """Return every text out of the vault: references, numbers, seals, and words.

        Taken from the tables as they are, so that a column added later counts too.
        """
        self.env.flush_all()
        found = {self.canary, self.alias, self.address}
        for name in self.models:
            model = self.env[name]
            rows = self.env.execute_query(
                SQL("SELECT to_jsonb(t) FROM %s t", SQL.identifier(model._table))
            )
            for (row,) in rows:
                row = json.loads(row) if isinstance(row, str) else row
                if row["id"] > 9999:
                    found.add(str(row["id"]))
                found.update(
                    value
                    for column, value in row.items()
                    if isinstance(value, str)
                    and len(value) >= 20
                    and model._fields[column].type != "selection"
                )
        return found

    def names_of_the_victim(self):
        """Return what V is called, here and there, as whole words.

        Open records say it, so it counts on pages of ours and in answers of the vault.
        """
        user, person = self.users["victim"], self.people["victim"]
        return {user.name, user.login, user.email, person.name, user.partner_id.name}

    def leak(self, answer, *known, named=False):
        """Return the first secret in an answer, "" when there is none.

        :param known: what was asked with; getting that back tells nothing
        :param named: count what V is called as well
        """
        if self._secrets is None:
            self._secrets = sorted(self.secrets())
        text = answer if isinstance(answer, str) else json.dumps(answer, default=str)
        for one in self._secrets:
            if one[:200] not in text or one in map(str, known):
                continue
            # A number counts when it stands alone.
            if not one.isdigit() or re.search(rf"(?<!\d){one}(?!\d)", text):
                return one[:60]
        for one in sorted(self.names_of_the_victim()) if named else ():
            if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text):
                return one
        return ""

    def page_leak(self, path, text):
        """Return the first secret, or name of V, on a page of ours that was visited.

        The reference is no secret to who asked with it, and to nobody else.
        """
        # Odoo's layout repeats the address, also in pieces of its own.
        shown = text.replace(self.ref, "") if self.ref in path else text
        return self.leak(shown, named=True)

    def refused(self, answer):
        """Whether a call was refused, by the guard's one answer where there is a guard.

        An error of another kind is no refusal: the attack broke before it got there.
        """
        data = answer.get("error", {}).get("data", {})
        if not data.get("name", "").endswith(".AccessError"):
            return False
        return not self.is_guarded or data["message"] == REFUSAL

    def given(self, answer):
        """Return what a call gives away: None when refused, empty or False."""
        if "error" in answer:
            return self.leak(answer, named=True) or None
        result = answer.get("result")
        if isinstance(result, dict):
            lists = {"records", "groups", "values"} & set(result)
            if lists and not any(result[name] for name in lists):
                return result.get("length") or None
            return result if any(result.values()) else None
        return result or None
