"""The access log: what a line says, and that whatever SQL does to it is found."""

import contextlib
import io
import os
import tempfile
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from unittest.mock import patch

from psycopg2.errors import RaiseException

from odoo.exceptions import ValidationError
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import SQL, config, html2plaintext
from odoo.tools.misc import file_path, mute_logger

from ..casework import access_log, first_run, log_heads, purposes
from ..casework.opening import Dossier, find, vault
from ..cli.career_log import FLAWED, UNKNOWN, WHOLE, CareerLog
from ..vault import chain, rehearsal, sealing
from .common import NOW, CareerCase

SCRIPTS = "hr_career_focus/migrations/19.0.1.2.0"


@tagged("post_install", "-at_install")
class LogCase(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_intake()
        for _time in range(3):
            cls.coach_door().case(cls.ref).view

    def flaws(self, heads=()):
        return [flaw.code for flaw in access_log.verify(self.env, heads)]

    def sql(self, text, *args):
        """Do with the table what its owner can do: the trigger out of the way."""
        with self.trigger_off():
            self.env.cr.execute(SQL(text, *args))

    def trigger_off(self):
        class Off:
            def __enter__(_self):
                self.env.cr.execute("ALTER TABLE hr_career_access DISABLE TRIGGER USER")

            def __exit__(_self, *args):
                self.env.cr.execute("ALTER TABLE hr_career_access ENABLE TRIGGER USER")

        return Off()

    def places(self):
        self.env.cr.execute("SELECT place FROM hr_career_access ORDER BY place")
        return [row[0] for row in self.env.cr.fetchall()]

    def opened(self, call):
        with vault(self.env) as inside:
            return call(Dossier(find(inside, self.ref, [])))


@tagged("post_install", "-at_install")
class TestLogLines(LogCase):
    def test_positive_control_the_log_is_whole(self):
        self.assertEqual(self.flaws(), [])
        self.assertEqual(self.places(), list(range(1, len(self.places()) + 1)))
        self.assertGreater(len(self.places()), 3)

    def test_the_employee_reads_every_opening(self):
        before = self.opened(lambda dossier: dossier.lines())
        later = NOW + timedelta(hours=5)
        self.desk_door(now=later).case(self.ref).view
        lines = self.opened(lambda dossier: dossier.lines())
        self.assertEqual(len(lines), len(before) + 1)
        self.assertEqual(
            (lines[0].at, lines[0].role, lines[0].purpose, lines[0].user_id),
            (later, purposes.DESK, purposes.CASE, self.users["desk"].id),
        )
        view = self.employee_door().case(self.ref).view
        self.assertEqual(view.openings[0].purpose, "Opened the case")

    def test_a_list_is_noted_once_a_day_and_role(self):
        def number():
            return len(self.opened(lambda dossier: dossier.lines()))

        door = self.desk_door(now=NOW + timedelta(days=2))
        door.inbox()
        before = number()
        door.inbox()
        self.assertEqual(number(), before)
        self.coach_door(now=NOW + timedelta(days=2)).cases()
        self.assertEqual(number(), before + 1)
        self.desk_door(now=NOW + timedelta(days=3)).inbox()
        self.assertEqual(number(), before + 2)
        self.assertEqual(self.flaws(), [])

    def test_a_table_tells_no_case_no_role_and_no_day(self):
        """Nothing in a line can be laid beside a case without the key file."""
        self.env.cr.execute(
            "SELECT t::text FROM hr_career_access t ORDER BY place DESC LIMIT 3"
        )
        user = self.users["coach"]
        for (row,) in self.env.cr.fetchall():
            for banned in (self.ref, "coach", "desk", NOW.date().isoformat()):
                self.assertNotIn(banned, row)
            self.assertNotIn(f",{user.id},", row)

    def test_the_line_of_the_day_looks_like_any_other(self):
        access_log.anchor(self.env, NOW)
        self.env.cr.execute(
            "SELECT length(link), length(digest), length(label), length(once),"
            "       length(case_index), length(sealed), length(ref), forgotten"
            "  FROM hr_career_access"
        )
        self.assertEqual(len(set(self.env.cr.fetchall())), 1)

    # -- attacks with SQL ----------------------------------------------------------

    def test_the_database_refuses_accidents(self):
        """Also while the session says that it forgets; inserting still works."""
        for forgetting in ("", "on"):
            for statement in (
                "UPDATE hr_career_access SET month = month",
                "UPDATE hr_career_access SET place = place + 1000, sealed = NULL",
                "UPDATE hr_career_access SET month = '2020-01-01', sealed = NULL",
                "UPDATE hr_career_access SET label = 'x', sealed = NULL",
                "DELETE FROM hr_career_access",
                "TRUNCATE hr_career_access",
            ):
                with (
                    self.subTest(statement, forgetting=forgetting),
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(RaiseException),
                    self.env.cr.savepoint(),
                ):
                    self.env.cr.execute(
                        SQL(
                            "SELECT set_config(%s, %s, true)",
                            access_log.FORGETTING,
                            forgetting,
                        )
                    )
                    self.env.cr.execute(statement)
        self.coach_door().case(self.ref).view
        self.assertEqual(self.flaws(), [])

    def test_editing_is_found(self):
        edits = {
            "month": "'2020-01-01'",
            "sealed": "'x'",
            "label": "'x'",
            "case_index": "'x'",
            "once": "'x'",
            "digest": "'x'",
            "link": "'x'",
            "ref": "'x'",
            "forgotten": "'x'",
        }
        for column, value in edits.items():
            with self.subTest(column), self.env.cr.savepoint() as savepoint:
                self.sql(
                    f"UPDATE hr_career_access SET {column} = {value} WHERE place = %s",
                    self.places()[-2],
                )
                self.assertTrue(self.flaws())
                savepoint.rollback()
        self.assertEqual(self.flaws(), [])

    def test_giving_a_line_to_another_case_is_found(self):
        other = access_log.case_index(self.make_request("colleague"))
        line = self.places()[-1]
        self.sql(
            "UPDATE hr_career_access SET case_index = %s WHERE place = %s", other, line
        )
        self.assertEqual(self.flaws(), [chain.CHANGED])

    def test_deleting_is_found(self):
        middle = self.places()[-2]
        self.sql("DELETE FROM hr_career_access WHERE place = %s", middle)
        self.assertEqual(self.flaws(), [chain.MISSING])
        self.sql(
            "UPDATE hr_career_access SET place = place - 1 WHERE place > %s", middle
        )
        self.assertIn(chain.FOREIGN, self.flaws())

    def test_reordering_is_found(self):
        one, other = self.places()[-2:]
        self.sql(
            "UPDATE hr_career_access SET place = -place WHERE place IN (%s, %s)",
            one,
            other,
        )
        self.sql(
            "UPDATE hr_career_access SET place = %s + place WHERE place < 0",
            one + other,
        )
        self.assertIn(chain.FOREIGN, self.flaws())

    def test_emptying_is_found(self):
        self.sql(
            "UPDATE hr_career_access"
            "   SET case_index = NULL, once = NULL, sealed = NULL WHERE place = %s",
            self.places()[-2],
        )
        self.assertEqual(self.flaws(), [chain.EMPTIED])

    def test_copying_a_line_is_found(self):
        self.sql(
            "INSERT INTO hr_career_access"
            " (ref, place, link, digest, month, label, case_index, sealed)"
            " SELECT %s, place + 1, link, digest, month, label, case_index, sealed"
            "  FROM hr_career_access ORDER BY place DESC LIMIT 1",
            sealing.new_ref(),
        )
        self.assertEqual(self.flaws(), [chain.FOREIGN, chain.CHANGED, chain.CUT])

    def test_cutting_the_end_off_is_found(self):
        last = self.places()[-1]
        self.sql("DELETE FROM hr_career_access WHERE place = %s", last)
        self.assertEqual(self.flaws(), [chain.CUT])
        for statement in (
            "DELETE FROM hr_career_access_head",
            SQL("UPDATE hr_career_access_head SET place = %s", last - 1),
        ):
            with self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(statement)
                self.assertEqual(self.flaws(), [chain.CUT])
                savepoint.rollback()

    def test_a_cut_is_still_found_after_the_next_line(self):
        """The log goes on, and cannot be made to hide what was done to it."""
        self.sql("DELETE FROM hr_career_access WHERE place = %s", self.places()[-1])
        self.coach_door().case(self.ref).view
        self.assertEqual(self.flaws(), [chain.MISSING])

    def test_a_log_emptied_whole_is_found_before_and_after_the_next_line(self):
        self.sql("TRUNCATE hr_career_access, hr_career_access_head")
        self.assertEqual(self.flaws(), [chain.GONE])
        self.coach_door().case(self.ref).view
        self.assertEqual(self.flaws(), [chain.MISSING])

    def test_an_older_table_put_back_is_found_by_a_head_alone(self):
        """The limit of the chain, and what the mailbox is for."""
        last = self.places()[-1]
        self.env.cr.execute("SELECT place, tip FROM hr_career_access_head")
        place, tip = self.env.cr.fetchone()
        self.coach_door().case(self.ref).view
        head = access_log.anchor(self.env, NOW)
        self.assertEqual(self.flaws([head]), [])
        self.sql("DELETE FROM hr_career_access WHERE place > %s", last)
        self.sql("UPDATE hr_career_access_head SET place = %s, tip = %s", place, tip)
        self.assertEqual(self.flaws(), [])
        self.assertEqual(self.flaws([head]), [chain.HEAD])

    # -- forgetting ----------------------------------------------------------------

    def test_forgetting_leaves_the_chain_and_nothing_else(self):
        other = self.make_intake("colleague")
        self.coach_door().case(other).view
        index = access_log.case_index(self.ref)
        with vault(self.env) as inside:
            number = access_log.forget(inside, self.ref)
            self.assertGreaterEqual(number, 3)
            self.assertEqual(access_log.forget(inside, self.ref), 0)
        self.assertEqual(self.flaws(), [])
        self.env.cr.execute(
            SQL("SELECT FROM hr_career_access WHERE case_index = %s", index)
        )
        self.assertFalse(self.env.cr.fetchall())
        self.assertEqual(self.opened(lambda dossier: dossier.lines()), [])
        view = self.employee_door("colleague").case(other).view
        self.assertTrue(view.openings)
        self.coach_door().case(other).view
        self.assertEqual(self.flaws(), [])

    def test_what_stays_of_a_forgotten_line_stays_as_it_is(self):
        """The month and the sealed role that the works council counts."""
        with vault(self.env) as inside:
            access_log.forget(inside, self.ref)
        self.env.cr.execute(
            "SELECT min(place) FROM hr_career_access WHERE forgotten IS NOT NULL"
        )
        [place] = self.env.cr.fetchone()
        for column, value in (
            ("month", "'2020-01-01'"),
            ("label", "(SELECT label FROM hr_career_access WHERE place = 1)"),
            ("ref", "'x'"),
            ("forgotten", "NULL"),
        ):
            with self.subTest(column), self.env.cr.savepoint() as savepoint:
                self.sql(
                    f"UPDATE hr_career_access SET {column} = {value} WHERE place = %s",
                    place,
                )
                self.assertEqual(self.flaws(), [chain.EMPTIED])
                savepoint.rollback()
        self.assertEqual(self.flaws(), [])

    # -- the rehearsal -------------------------------------------------------------

    def test_a_rehearsal_never_touches_the_chain(self):
        before = self.places()
        with self.env.cr.savepoint() as savepoint, rehearsal.going_on():
            self.coach_door().case(self.ref).view
            self.assertEqual(len(self.places()), len(before) + 1)
            self.assertLess(self.places()[0], 0)
            self.assertEqual(self.flaws(), [])
            savepoint.rollback()
        self.assertEqual(self.places(), before)

    def test_a_line_without_a_place_is_found_outside_a_rehearsal(self):
        with rehearsal.going_on():
            self.coach_door().case(self.ref).view
        self.assertIn(chain.FOREIGN, self.flaws())


@tagged("post_install", "-at_install")
class TestHeads(LogCase):
    def setUp(self):
        super().setUp()
        self.company.career_log_mailbox = "council@example.org"

    def sent(self):
        return self.env["mail.mail"].search([("email_to", "=", "council@example.org")])

    def test_the_head_goes_to_the_mailbox_and_the_file(self):
        path = Path(tempfile.mkdtemp()) / "heads"
        with patch.dict(os.environ, {log_heads.ENVIRONMENT: str(path)}):
            first = log_heads.send_head(self.env(su=True), NOW)
            self.coach_door().case(self.ref).view
            second = log_heads.send_head(self.env(su=True), NOW + timedelta(days=1))
        self.assertNotEqual(first, second)
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        self.assertEqual(chain.heads_in(path.read_text()), [first, second])
        mails = self.sent().sorted("id")
        self.assertEqual(
            [chain.heads_in(mail.body_html) for mail in mails], [[first], [second]]
        )
        for mail in mails:
            self.assertFalse(mail.model or mail.res_id or mail.author_id)
            self.assertTrue(mail.auto_delete)
        self.assertEqual(self.flaws([first, second]), [])
        self.assertIn(chain.HEAD, self.flaws([second, first]))

    def test_the_head_changes_on_a_day_without_openings_and_tells_no_number(self):
        heads = {
            log_heads.send_head(self.env(su=True), NOW + timedelta(days=day))
            for day in range(3)
        }
        self.assertEqual(len(heads), 3)
        sizes = {len(mail.body_html) for mail in self.sent()}
        self.assertEqual(len(sizes), 1)

    def test_a_file_that_cannot_be_written_keeps_no_mail_back(self):
        with (
            patch.dict(os.environ, {log_heads.ENVIRONMENT: "/proc/nowhere/heads"}),
            self.assertLogs(log_heads._logger, "ERROR"),
        ):
            log_heads.send_head(self.env(su=True), NOW)
        self.assertEqual(len(self.sent()), 1)

    def test_the_job_sends_it(self):
        cron = self.env.ref("hr_career_focus.log_head_cron")
        self.assertEqual(cron.interval_type, "days")
        self.env["hr.career.housekeeping"]._cron_send_head()
        self.assertEqual(len(self.sent()), 1)

    def test_the_command_says_whether_the_log_is_whole(self):
        head = log_heads.send_head(self.env(su=True), NOW)
        command = CareerLog()
        for heads, code, said in (
            ([], WHOLE, "The access log is whole"),
            ([head], WHOLE, "1 control numbers"),
            (["ab" * 32], FLAWED, "Head abababababababab. "),
        ):
            with (
                self.subTest(heads),
                contextlib.redirect_stdout(io.StringIO()) as out,
            ):
                self.assertEqual(command.verify(self.env, heads), code)
            self.assertIn(said, out.getvalue())
        with contextlib.redirect_stdout(io.StringIO()) as out:
            command.head(self.env, [])
        self.assertEqual(out.getvalue().strip(), head)

    def test_a_file_without_a_control_number_proves_nothing(self):
        path = Path(tempfile.mkdtemp()) / "heads"
        arguments = ["verify", "-d", self.env.cr.dbname, "--heads", str(path)]
        path.write_text("Nothing here, and " + "ab" * 31 + "\n")
        with (
            contextlib.redirect_stderr(io.StringIO()) as said,
            self.assertRaises(SystemExit) as ended,
        ):
            self.command().run(arguments)
        self.assertEqual(ended.exception.code, UNKNOWN)
        self.assertIn("no control number", said.getvalue())
        path.write_text("2026-06-15 " + "ab" * 32 + "\n")
        self.assertEqual(self.command()._heads(path), ["ab" * 32])
        self.assertEqual(self.command()._heads(None), [])

    def command(self):
        """The command, which leaves the configuration of the tests alone."""
        self.startPatcher(
            patch.object(config, "parse_config", lambda *args, **kw: None)
        )
        return CareerLog()

    def test_saved_mails_are_read_in_any_encoding(self):
        """As the mail server sends them, and as a mailbox is saved."""
        heads, saved = [], []
        for day, encoding in enumerate(("7bit", "base64", "quoted-printable")):
            at = NOW + timedelta(days=day)
            heads.append(log_heads.send_head(self.env(su=True), at))
            mail = self.sent().sorted("id")[-1]
            message = EmailMessage()
            message["Subject"], message["To"] = mail.subject, mail.email_to
            message.set_content(html2plaintext(mail.body_html), cte=encoding)
            message.add_alternative(str(mail.body_html), "html", cte=encoding)
            saved.append(f"From odoo@x.test\n{message.as_string()}\n")
        self.assertEqual([*dict.fromkeys(chain.heads_in("".join(saved)))], heads)
        self.assertEqual(self.flaws(chain.heads_in("".join(saved))), [])
        for one, head in zip(saved, heads, strict=True):
            self.assertEqual({*chain.heads_in(one)}, {head})

    def test_a_mailbox_is_one_address(self):
        for wrong in ("nobody", "a@x.test, b@x.test"):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                self.company.career_log_mailbox = wrong


@tagged("post_install", "-at_install")
class TestLogMigration(LogCase):
    """The table is put back as it was, and migrated; all in the transaction."""

    def put_back(self):
        """Give the log the shape it had in 19.0.1.1.0, with two rows of the case."""
        self.env.cr.execute(
            """
            DROP TABLE hr_career_access CASCADE;
            DELETE FROM hr_career_access_head;
            CREATE TABLE hr_career_access (
                id integer PRIMARY KEY, ref varchar, traject_id integer,
                role varchar, day date, sealed text
            )
            """
        )
        rows = []
        with vault(self.env) as inside:
            dossier = Dossier(find(inside, self.ref, []))
            for number, (role, hour) in enumerate((("coach", 9), ("desk", 8)), 1):
                ref = sealing.new_ref()
                content = {
                    "user": self.users[role].id,
                    "purpose": "case",
                    "at": datetime(2026, 3, 2, hour).isoformat(),
                }
                where = sealing.place("access", self.ref, ref, role)
                sealed = sealing.seal(dossier._key, sealing.dump(content), where)
                rows.append((number, ref, dossier.traject.id, role, sealed))
            rows.append((3, "x", dossier.traject.id, "desk", "damaged"))
        for row in rows:
            self.env.cr.execute(
                "INSERT INTO hr_career_access VALUES (%s, %s, %s, %s, %s, %s)",
                [*row[:4], date(2026, 3, 2), row[4]],
            )

    def migrate(self, stage):
        path = file_path(f"{SCRIPTS}/{stage}-log.py")
        load_script(path, f"{stage}_log").migrate(self.env.cr, "19.0.1.1.0")

    def test_old_rows_become_lines_in_their_order(self):
        self.put_back()
        first_run.note(self.env.cr, True)
        self.migrate("pre")
        model = self.env["hr.career.access"]
        with vault(self.env) as inside:
            inside["hr.career.access"]._auto_init()
        model.init()
        self.migrate("post")
        self.assertEqual(self.flaws(), [])
        lines = self.opened(lambda dossier: dossier.lines())
        self.assertEqual(
            [(one.role, one.at.hour, one.user_id) for one in lines],
            [
                ("coach", 9, self.users["coach"].id),
                ("desk", 8, self.users["desk"].id),
            ],
        )
        self.env.cr.execute("SELECT to_regclass('hr_career_access_before')")
        self.assertEqual(self.env.cr.fetchone(), (None,))
        self.migrate("pre")
        self.migrate("post")
        self.assertEqual(len(self.places()), 3)
