"""Reading the pages of rights leaves nothing: no row, session, log line or address."""

import logging

from odoo.http import root
from odoo.tests import tagged
from odoo.tools import SQL

from .page_case import HOME, START
from .test_pages_rights import RightsCase
from .two_employers import TwoEmployers


class Recorder(logging.Handler):
    """Keeps every log line."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append((record.name, record.getMessage()))


@tagged("post_install", "-at_install")
class TestNoTrace(TwoEmployers, RightsCase):
    """Reading rights and public rights leaves nothing, anywhere."""

    def dump(self):
        """Return ``{table: digest of its rows}`` of the whole database."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE relkind IN ('r', 'p', 'm') AND nspname = 'public'"
        )
        found = {}
        for (table,) in self.env.cr.fetchall():
            self.env.cr.execute(
                SQL(
                    "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM %s t",
                    SQL.identifier(table),
                )
            )
            (found[table],) = self.env.cr.fetchone()
        return found

    def writes(self):
        """How many rows were written in this transaction, also when put back."""
        self.env.cr.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del"
            " FROM pg_stat_xact_user_tables"
        )
        return {name: number for name, number in self.env.cr.fetchall() if number}

    def session_of_reader(self):
        return dict(root.session_store.get(self.session.sid))

    def visit(self):
        for path in (HOME, START):
            self.page(path)

    def measured(self, act):
        """Return what changed while ``act`` ran: tables, writes, session, log."""
        recorder = Recorder()
        loggers = [logging.getLogger(name) for name in ("", "odoo", "odoo.addons")]
        levels = [logger.level for logger in loggers]
        dump, writes = self.dump(), self.writes()
        session = self.session_of_reader()
        loggers[0].addHandler(recorder)
        for logger in loggers:
            logger.setLevel(logging.INFO)
        try:
            act()
        finally:
            loggers[0].removeHandler(recorder)
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
        after, written = self.dump(), self.writes()
        return {
            "tables": {name for name in after if after[name] != dump[name]},
            "writes": {n for n in written if written[n] != writes.get(n, 0)},
            "session": self.session_of_reader() != session,
            "log": [line for line in recorder.lines if line[0] != "werkzeug"],
        }

    NOTHING = {"tables": set(), "writes": set(), "session": False, "log": []}

    def test_portal_and_internal(self):
        """Not a row, not even one put back; not a line; the session as it was."""
        for login in ("victim", "manager"):
            self.login(login)
            # The first visit compiles templates and assets, whoever makes it.
            self.visit()
            with self.subTest(login):
                self.assertEqual(self.measured(self.visit), self.NOTHING)

    def test_two_employers(self):
        """The rights of both are read, and neither keeps that they were."""
        self.make_second_employer()
        self.login("victim")
        self.visit()
        self.assertIn("Scan of Second Works", self.cards())
        self.assertEqual(self.measured(self.visit), self.NOTHING)

    def test_the_measure_sees_a_trace(self):
        """Positive control: each of the four is seen when there is something."""
        self.login("victim")
        self.visit()

        def leave_traces():
            self.people["victim"].message_post(body="Read something")
            logging.getLogger("odoo.addons.any").info("Somebody read")
            session = root.session_store.get(self.session.sid)
            session["focus_read"] = True
            root.session_store.save(session)

        found = self.measured(leave_traces)
        self.assertIn("mail_message", found["tables"])
        self.assertIn("mail_message", found["writes"])
        self.assertTrue(found["session"])
        self.assertIn(("odoo.addons.any", "Somebody read"), found["log"])

    def test_a_row_put_back_is_seen(self):
        """The rows look the same afterwards, but the writing was counted."""
        name = self.people["victim"].name

        def write_and_put_back():
            for text in ("Other", name):
                self.people["victim"].name = text
                self.env.flush_all()

        self.login("victim")
        self.assertTrue(self.measured(write_and_put_back)["writes"])

    def test_the_cursor_cannot_write(self):
        self.login("victim")
        self.visit()
        routes = {
            rule.rule: rule.endpoint.routing.get("readonly")
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if rule.rule in (HOME, START) and "GET" in rule.methods
        }
        self.assertEqual(routes, {HOME: True, START: True})

    def test_the_address_of_a_right_stays_in_the_browser(self):
        """What comes after the "#" is sent to nobody; nothing else names a right."""
        self.login("victim")
        targets = self.page(HOME).xpath("//article//a[starts-with(@href, '/')]/@href")
        self.assertTrue(targets)
        self.assertEqual({one.split("#")[0] for one in targets}, {START})
