"""Being reminded before a right lapses: nobody else learns of it."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..casework import EmployeeDoor, notices, reminders
from ..casework.errors import CaseworkError, NotYours
from ..casework.opening import vault
from ..engine.dates import add_months
from ..vault.keyring import load_keyring
from .common import NOW, TODAY, CareerCase

PRIVATE = "somebody@elsewhere.test"
LAST_DAY = date(2026, 12, 31)


class ReminderCase(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.end_right_on(LAST_DAY)

    @classmethod
    def end_right_on(cls, day):
        """Give the right a last day, without asking HR to check the text again."""
        cls.env.flush_all()
        cls.env.cr.execute(
            SQL(
                "UPDATE hr_career_entitlement_rule SET valid_to = %s WHERE id = %s",
                day,
                cls.rule.id,
            )
        )
        cls.env.invalidate_all()

    def rows(self):
        with vault(self.env) as inside:
            return len(inside[reminders.REMINDER].search([]))

    def ask(self, login="victim", months=3, now=NOW):
        self.employee_door(login, now).remind(PRIVATE, months)

    def hour(self, login="victim"):
        """Return the hour at which the reminder of ``login`` is looked at."""
        with vault(self.env_of(login)) as inside:
            return reminders.hour_of(load_keyring(), reminders._own(inside).ref)

    def run_job(self, day, hour=None):
        """Run the job of one hour, or of each hour of a day; return how many went."""
        hours = range(24) if hour is None else [hour]
        return sum(
            reminders.remind(
                self.env(su=True), datetime(day.year, day.month, day.day, one, 10)
            )
            for one in hours
        )

    def mails(self):
        return self.env["mail.mail"].sudo().search([("email_to", "=", PRIVATE)])


@tagged("post_install", "-at_install")
class TestReminders(ReminderCase):
    def test_ask_change_stop(self):
        door = self.employee_door()
        self.assertIsNone(door.reminder())
        self.ask()
        self.assertEqual(door.reminder(), reminders.ReminderView(PRIVATE, 3))
        self.ask(months=6)
        self.assertEqual(door.reminder().months, 6)
        self.assertEqual(self.rows(), 1)
        door.stop_reminder()
        self.assertIsNone(door.reminder())
        self.assertEqual(self.rows(), 0)
        door.stop_reminder()

    def test_wrong_values_change_nothing(self):
        door = self.employee_door()
        for address, months in (
            ("", 3),
            ("nobody", 3),
            ("a@b.test, c@d.test", 3),
            (PRIVATE, 2),
            (PRIVATE, None),
        ):
            with self.subTest(address, months=months), self.assertRaises(CaseworkError):
                door.remind(address, months)
        self.assertEqual(self.rows(), 0)
        door.remind(PRIVATE, 1)
        self.assertEqual(self.rows(), 1)

    def test_only_the_own(self):
        """Another employee, and one whose login was relinked, finds nothing."""
        self.ask()
        self.assertIsNone(self.employee_door("colleague").reminder())
        self.employee_door("colleague").stop_reminder()
        self.assertEqual(self.rows(), 1)
        self.people["colleague"].user_id = False
        self.env.flush_all()
        self.people["victim"].user_id = self.users["colleague"]
        self.assertIsNone(EmployeeDoor(self.env_of("colleague"), NOW).reminder())
        with self.assertRaises(NotYours):
            self.employee_door("coach")

    def test_nothing_outside_the_vault(self):
        """Asking, changing and stopping: every other table is as it was."""
        self.env.flush_all()
        before = self.everything()
        self.ask()
        self.ask(months=1)
        self.env.flush_all()
        after = self.everything()
        self.assertEqual(
            {name for name in before if before[name] != after[name]},
            {"hr_career_reminder"},
        )
        self.employee_door().stop_reminder()
        self.env.flush_all()
        self.assertEqual(self.everything(), before)

    def everything(self):
        """Return every row of every table, as text."""
        tables = self.env.execute_query(
            SQL(
                "SELECT relname FROM pg_class"
                " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
                " WHERE relkind = 'r' AND nspname = 'public'"
            )
        )
        return {
            name: sorted(
                row[0]
                for row in self.env.execute_query(
                    SQL("SELECT t::text FROM %s t", SQL.identifier(name))
                )
            )
            for (name,) in tables
        }

    def test_the_row_holds_no_name(self):
        self.ask()
        self.ask("colleague")
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL("SELECT t::text, length(sealed) FROM hr_career_reminder t")
        )
        for text, _length in rows:
            for banned in (PRIVATE, "elsewhere", "Victim", "2026", "x.test"):
                self.assertNotIn(banned, text)
        self.assertEqual(len({length for _text, length in rows}), 1)
        # Not the index under which a traject of the same person is found.
        ref = self.make_request()
        [[same]] = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM hr_career_reminder r JOIN hr_career_traject t"
                " ON t.owner_index = r.owner_index"
            )
        )
        self.assertTrue(ref)
        self.assertEqual(same, 0)

    def test_nobody_reads_the_rows(self):
        """Not HR, not the administrator, not coach and desk; the owner's page does."""
        self.ask()
        with vault(self.env) as inside:
            number = inside[reminders.REMINDER].search([]).id
        for login in (*self.OUTSIDERS, "victim", "coach", "desk"):
            model = self.env_of(login)[reminders.REMINDER]
            for sudo in (model, model.sudo()):
                self.env.invalidate_all()
                with self.subTest(login), self.assertRaises(AccessError):
                    sudo.browse(number).read(["ref"])
                self.env.invalidate_all()
                try:
                    found = sudo.search_count([])
                except AccessError:
                    found = 0
                self.assertEqual(found, 0)
        self.assertTrue(self.employee_door().reminder())

    # -- the job ---------------------------------------------------------------------

    def test_reminds_once(self):
        self.ask(now=NOW - timedelta(days=200))
        asked = add_months(LAST_DAY, -3)
        days = [asked - timedelta(days=n) for n in range(40, -5, -1)]
        sent = {day: self.run_job(day) for day in days}
        self.assertEqual(sum(sent.values()), 1, sent)
        (told,) = [day for day in days if sent[day]]
        self.assertLessEqual(told, asked)
        self.assertLess((asked - told).days, reminders.SPREAD_DAYS)
        self.assertEqual(len(self.mails()), 1)
        self.assertEqual(self.mails().subject, "There is a message for you")

    def test_a_missed_day_is_made_up_for(self):
        self.ask(now=NOW - timedelta(days=200))
        self.assertEqual(self.run_job(LAST_DAY - timedelta(days=5)), 1)
        self.assertEqual(self.run_job(LAST_DAY - timedelta(days=4)), 0)

    def test_never_after_it_lapsed(self):
        self.ask(now=NOW - timedelta(days=200))
        self.assertEqual(self.run_job(LAST_DAY + timedelta(days=1)), 0)
        self.assertEqual(self.run_job(LAST_DAY), 1)

    def test_another_last_day_is_another_lapse(self):
        self.ask(now=NOW - timedelta(days=200))
        self.assertEqual(self.run_job(LAST_DAY), 1)
        self.end_right_on(date(2027, 12, 31))
        self.assertEqual(self.run_job(LAST_DAY), 0)
        self.assertEqual(self.run_job(date(2027, 12, 31)), 1)

    def test_asked_late_is_no_answer_to_asking(self):
        """Who asks a week before the lapse hears some days later, not at once."""
        late = datetime(2026, 12, 15, 9, 0)
        self.ask(now=late)
        self.assertEqual(self.run_job(late.date()), 0)
        sent = [
            late.date() + timedelta(days=n)
            for n in range(1, 16)
            if self.run_job(late.date() + timedelta(days=n))
        ]
        self.assertEqual(len(sent), 1)
        self.assertLessEqual(sent[0], late.date() + timedelta(days=7))

    def test_stopped_is_stopped(self):
        self.ask(now=NOW - timedelta(days=200))
        self.employee_door().stop_reminder()
        self.assertEqual(self.run_job(LAST_DAY), 0)
        self.ask("colleague", now=NOW - timedelta(days=200))
        self.assertEqual(self.run_job(LAST_DAY), 1)

    def test_nothing_left_nothing_lapses(self):
        self.ask(now=NOW - timedelta(days=200))
        ref = self.make_request()
        self.assertEqual(self.run_job(LAST_DAY), 0)
        self.employee_door().case(ref).withdraw()
        self.assertEqual(self.run_job(LAST_DAY), 1)

    def test_who_left_or_was_relinked_is_not_mailed(self):
        self.ask(now=NOW - timedelta(days=200))
        self.people["victim"].user_id = False
        self.assertEqual(self.run_job(LAST_DAY), 0)
        self.people["victim"].user_id = self.users["victim"]
        self.users["victim"].active = False
        self.assertEqual(self.run_job(LAST_DAY), 0)
        self.users["victim"].active = True
        self.assertEqual(self.run_job(LAST_DAY), 1)

    def test_hired_anew_and_asked_again(self):
        """Under a new record of HR the same login is reminded of the new job."""
        self.ask(now=NOW - timedelta(days=200))
        self.people["victim"].user_id = False
        self.env.flush_all()
        self.make_employee("Victim Person", self.users["victim"])
        self.assertEqual(self.run_job(LAST_DAY), 0)
        self.ask(now=NOW)
        self.assertEqual(self.rows(), 1)
        self.assertEqual(self.run_job(LAST_DAY), 1)

    def test_a_login_that_is_gone_is_forgotten(self):
        self.ask(now=NOW - timedelta(days=200))
        self.ask("colleague")
        self.people["victim"].user_id = False
        self.env.flush_all()
        self.users["victim"].unlink()
        self.run_job(TODAY)
        self.assertEqual(self.rows(), 1)

    def test_not_before_the_service_is_open(self):
        self.env.cr.execute("UPDATE res_company SET career_live = false")
        self.env.invalidate_all()
        with self.assertRaises(CaseworkError):
            self.ask()
        self._open_company()
        self.ask()

    def test_a_damaged_row_stops_nobody_else(self):
        self.ask("colleague", now=NOW - timedelta(days=200))
        self.env.flush_all()
        self.env.cr.execute("UPDATE hr_career_reminder SET sealed = 'x'")
        self.env.invalidate_all()
        self.ask(now=NOW - timedelta(days=200))
        self.assertEqual(self.run_job(LAST_DAY), 1)

    def test_own_hour_and_day(self):
        """Many people with one last day are told on many days, at many hours."""
        ring = load_keyring()
        since = (TODAY - timedelta(days=200)).isoformat()
        days = [
            reminders.day_to_tell(
                ring, {"user": n, "months": 3, "since": since}, "1/a", LAST_DAY
            )
            for n in range(200)
        ]
        asked = add_months(LAST_DAY, -3)
        self.assertEqual(max(days), asked)
        self.assertEqual(len(set(days)), reminders.SPREAD_DAYS)
        hours = {reminders.hour_of(ring, f"{n:032x}") for n in range(200)}
        self.assertEqual(hours, set(reminders.HOURS))
        self.ask(now=NOW - timedelta(days=200))
        own = self.hour()
        for hour in range(24):
            if hour != own:
                self.assertEqual(self.run_job(LAST_DAY, hour), 0)
        self.assertEqual(self.run_job(LAST_DAY, own), 1)

    def test_queries_do_not_grow(self):
        """One person or five who asked: reading what lapses costs the same."""
        with patch.object(reminders, "hour_of", return_value=9):
            counts = []
            for number in (1, 4):
                for nr in range(number):
                    login = f"person{number}{nr}"
                    user = self.make_user(login, "base.group_portal")
                    self.users[login] = user
                    self.make_employee(f"Person {number} {nr}", user)
                    self.ask(login)
                self.env.flush_all()
                self.env.invalidate_all()
                self.run_job(TODAY, 9)
                self.env.flush_all()
                self.env.invalidate_all()
                start = self.env.cr.sql_log_count
                self.assertEqual(self.run_job(TODAY, 9), 0)
                counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])

    def test_the_sender_follows_from_the_reader(self):
        """Two employers: whoever acts, the same reader sees the same sender."""
        other = self.env["res.company"].create(
            {"name": "Other", "email": "other@other.test"}
        )
        self.company.email = "own@own.test"
        user = self.users["victim"]
        for acting in (self.company, other):
            env = self.env(
                user=self.users["desk"].id,
                su=False,
                context={"allowed_company_ids": acting.ids, "lang": "nl_NL"},
            )
            notices.notify_user(env, user, PRIVATE)
        mails = self.mails()
        self.assertEqual(len(mails), 2)
        for name in ("email_from", "subject", "body_html", "reply_to"):
            self.assertEqual(len(set(mails.mapped(name))), 1, name)
        self.assertIn("own@own.test", mails[0].email_from)

    # -- the file --------------------------------------------------------------------

    def test_calendar_file(self):
        """A neutral text on the lapse date minus the lead, and nothing is written."""
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT looking; SET TRANSACTION READ ONLY")
        text = self.employee_door().calendar(6)
        self.env.flush_all()
        self.env.cr.execute("ROLLBACK TO SAVEPOINT looking")
        self.assertIn("DTSTART;VALUE=DATE:20260630\r\n", text)
        self.assertIn("SUMMARY:There is a message for you\r\n", text)
        self.assertEqual(text.count("BEGIN:VEVENT"), 1)
        for word in ("coach", "career", "focus", "right", "lapse", "victim", "1000"):
            self.assertNotIn(word, text.lower())
        again = self.employee_door().calendar(3)
        self.assertIn("DTSTART;VALUE=DATE:20260930\r\n", again)
        marks = [
            next(line for line in one.splitlines() if line.startswith("UID"))
            for one in (text, again, self.employee_door("colleague").calendar(3))
        ]
        self.assertEqual(marks[0], marks[1])
        self.assertNotEqual(marks[1], marks[2])

    def test_no_lapse_no_file(self):
        self.end_right_on(None)
        self.assertIsNone(self.employee_door().calendar(3))
        self.assertEqual(self.employee_door().lapses(), [])
