"""Tables, dumps, files and logs: with all of them in hand, nothing to read."""

import logging
import os
import re
import subprocess
from contextlib import contextmanager
from pathlib import Path

import traces
from adversary_case import AdversaryCase, mute
from cast import Cast
from open_seals import without_sealing

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, config

from odoo.addons.hr_career_focus.casework import EmployeeDoor
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.casework.opening import find, vault
from odoo.addons.hr_career_focus.vault.inventory import vault_models

#: Columns no confidential table may have: who made a row, and when.
TELLING_COLUMNS = {"create_uid", "write_uid", "create_date", "write_date"}
PEOPLE = {"res_users", "res_partner", "hr_employee", "hr_version"}


class Recorder(logging.Handler):
    """Keeps every record, with what an exception would print."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@contextmanager
def everything_logged():
    """Record all loggers at debug level, SQL with its values too; give the lines."""
    recorder = Recorder()
    loggers = [
        logging.getLogger(name)
        for name in ("", "odoo", "odoo.sql_db", "odoo.http", "odoo.addons", "werkzeug")
    ]
    levels = [one.level for one in loggers]
    loggers[0].addHandler(recorder)
    for one in loggers:
        one.setLevel(logging.DEBUG)
    try:
        yield recorder.lines
    finally:
        loggers[0].removeHandler(recorder)
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)


@tagged("post_install", "-at_install")
class TestTables(AdversaryCase):
    def words(self):
        return (self.canary, self.alias, self.address)

    def in_tables(self):
        self.env.flush_all()
        return {
            word: found
            for word in self.words()
            if (found := traces.tables_with(self.env.cr, word))
        }

    def test_11_no_word_in_any_table_or_file(self):
        """After a whole case: edits, removals, messages, appointments and mail."""
        self.assertEqual(self.in_tables(), {})
        for word in self.words():
            self.assertEqual(traces.files_with(word), [])

    def test_11_red_without_sealing(self):
        with without_sealing():
            own = EmployeeDoor(self.env_of("victim"), now=self.now).case(self.ref)
            own.write(c.NOTE, c.SELF, {"text": self.canary})
        self.assertEqual(self.in_tables(), {self.canary: ["hr_career_entry"]})

    def test_29_tables_read_by_a_server_action(self):
        """An administrator's own SQL over each confidential table: nothing of V."""
        banned = {*self.words(), *self.names_of_the_victim()}
        action = self.env["ir.actions.server"].create(
            {
                "name": "x",
                "state": "code",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "code": "x",
            }
        )
        for name in self.models:
            table = self.env[name]._table
            action.code = (
                f"env.cr.execute('SELECT t::text FROM {table} t')\n"
                "raise UserError(str(env.cr.fetchall()))"
            )
            self.env.flush_all()
            self.login("settings_admin")
            answer = self.call("ir.actions.server", "run", [[action.id]])
            text = answer["error"]["data"]["message"]
            # Positive control: the rows did come out.
            self.assertIn(str(self.ids[name][0]), text)
            for word in banned:
                self.assertNotIn(word, text, name)
            finer = re.findall(r"\d{4}-\d\d-(?!01\b)\d\d", text)
            self.assertEqual(finer, [], name)

    def names_of_the_victim(self):
        user, person = self.users["victim"], self.people["victim"]
        return {person.name, user.name, user.login + "@x.test", user.email}

    def test_29_no_way_from_a_confidential_row_to_a_person(self):
        """Follow every relation from every confidential row, as far as they go."""
        reached = self.reachable()
        for login, table, number in (
            ("victim", "res_users", self.users["victim"].id),
            ("victim", "res_partner", self.users["victim"].partner_id.id),
            ("victim", "hr_employee", self.people["victim"].id),
            ("colleague", "res_users", self.users["colleague"].id),
        ):
            self.assertNotIn((table, number), reached, login)
        # Positive control: the coach of the case can be reached, and is.
        self.assertIn(("res_users", self.users["coach"].id), reached)

    def reachable(self):
        """Return every row a relation leads to, from the confidential tables on."""
        relations = {}
        for source, column, target in self.env.execute_query(
            SQL(
                """
                SELECT source.relname, att.attname, target.relname
                  FROM pg_constraint con
                  JOIN pg_class source ON source.oid = con.conrelid
                  JOIN pg_class target ON target.oid = con.confrelid
                  JOIN pg_attribute att
                    ON att.attrelid = source.oid AND att.attnum = con.conkey[1]
                 WHERE con.contype = 'f' AND array_length(con.conkey, 1) = 1
                """
            )
        ):
            # Who made a shared row is no secret, and leads from there to everybody.
            if column not in TELLING_COLUMNS:
                relations.setdefault(source, []).append((column, target))
        tables = {self.env[name]._table for name in self.models}
        todo = [
            (table, number)
            for table in tables
            for (number,) in self.env.execute_query(
                SQL("SELECT id FROM %s", SQL.identifier(table))
            )
        ]
        seen = set(todo)
        while todo:
            table, number = todo.pop()
            for column, target in relations.get(table, ()):
                query = SQL(
                    "SELECT %s FROM %s WHERE id = %s",
                    SQL.identifier(column),
                    SQL.identifier(table),
                    number,
                )
                for (value,) in self.env.execute_query(query):
                    if value and (target, value) not in seen:
                        seen.add((target, value))
                        todo.append((target, value))
        return seen

    def test_29_no_relation_to_people(self):
        """No column of a confidential table is a relation to logins or employees."""
        for name in self.models:
            model = self.env[name]
            relations = {
                field.name
                for field in model._fields.values()
                if field.store and field.type in ("many2one", "integer")
            }
            for field in relations:
                comodel = model._fields[field].comodel_name
                if comodel:
                    self.assertNotIn(
                        comodel.replace(".", "_"), PEOPLE, f"{name}.{field}"
                    )

    def test_40_no_creator_and_no_moment(self):
        for name in self.models:
            found = self.env.execute_query(
                SQL(
                    "SELECT column_name, data_type FROM information_schema.columns"
                    " WHERE table_name = %s",
                    self.env[name]._table,
                )
            )
            self.assertTrue(found)
            self.assertFalse(TELLING_COLUMNS & {column for column, _type in found})
            self.assertFalse(
                [column for column, kind in found if kind.startswith("timestamp")],
                name,
            )
        # Positive control: an ordinary table has them.
        self.assertLessEqual(TELLING_COLUMNS, set(self.env["hr.career.coach"]._fields))

    def test_46_damaged_moved_or_shredded(self):
        """One byte, two rows swapped, a key of another case, no key: nothing opens."""
        other = self.make_request("colleague", self.now, question="Other words")
        self.env.flush_all()
        door = EmployeeDoor(self.env_of("victim"), now=self.now)
        self.assertIn(self.canary, repr(door.case(self.ref).view))
        with vault(self.env) as inside:
            mine, theirs = find(inside, self.ref, []).id, find(inside, other, []).id
        for change in (
            "UPDATE hr_career_entry SET sealed = overlay(sealed placing"
            " (CASE substr(sealed, 40, 1) WHEN 'A' THEN 'B' ELSE 'A' END) from 40)",
            "UPDATE hr_career_entry a SET sealed = (SELECT b.sealed FROM"
            " hr_career_entry b WHERE b.id <> a.id LIMIT 1)",
            f"UPDATE hr_career_traject SET envelope = (SELECT envelope FROM"
            f" hr_career_traject WHERE id = {theirs}) WHERE id = {mine}",
            f"UPDATE hr_career_traject SET envelope = NULL WHERE id = {mine}",
        ):
            with self.subTest(change), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(change)
                self.env.invalidate_all()
                self.login("victim")
                page = self.visit(f"/my/focus/file/{self.ref}").text
                self.assertNotIn(self.canary, page)
                savepoint.rollback()
        self.env.invalidate_all()
        self.assertIn(self.canary, self.visit(f"/my/focus/file/{self.ref}").text)

    # -- logs ----------------------------------------------------------------------

    def a_day_of_pages(self):
        """Let everybody open the case, write in it, and be refused; give the log."""
        with everything_logged() as lines:
            self.login("victim")
            path = f"/my/focus/file/{self.ref}"
            self.send(path, "note", title="", text=f"Typed {self.canary}")
            self.login("coach")
            work = f"/focus/coach/{self.ref}"
            self.send(work, "message", text=f"Typed {self.canary}")
            for login in ("desk", "everything", "colleague"):
                self.login(login)
                for one in (path, work, f"/focus/desk/{self.ref}"):
                    self.visit(one)
                for model in self.models:
                    self.call(model, "search_read", [[], ["ref"]])
            ref = self.make_whole_case("colleague", close=True)
            self.assertTrue(ref)
            self.env.flush_all()
        return lines

    def test_45_no_word_in_any_log(self):
        lines = self.a_day_of_pages()
        self.assertGreater(len(lines), 800)
        # The address a notice goes to is in the mail queue until it is sent, and so in
        # SQL that is logged; nowhere else.
        lines = [
            line
            for line in lines
            if self.address not in line or 'INSERT INTO "mail_mail"' not in line
        ]
        for word in self.words():
            for shape in traces.forms(word):
                found = [line[:300] for line in lines if shape in line]
                self.assertFalse(found[:1])

    def test_45_no_person_in_a_line_about_the_vault(self):
        """No line that names a confidential table names V: not even SQL's values."""
        tables = {self.env[name]._table for name in self.models}
        about = [
            line
            for line in self.a_day_of_pages()
            if any(f'"{table}"' in line or f" {table} " in line for table in tables)
        ]
        self.assertGreater(len(about), 100)
        for word in self.names_of_the_victim():
            self.assertFalse([line for line in about if word in line][:1], word)

    def test_45_references_are_in_addresses_and_queries_only(self):
        """As the threat model says; errors and their traces name none."""
        with_ref = [line for line in self.a_day_of_pages() if self.ref in line]
        self.assertGreater(len(with_ref), 3)
        others = [
            line[:300]
            for line in with_ref
            if not line.startswith("odoo.sql_db ")
            and self.ref in re.sub(rf"focus/\w+/{self.ref}", "", line)
        ]
        self.assertEqual(others[:3], [])

    def test_45_red_without_sealing(self):
        with everything_logged() as lines, without_sealing():
            own = EmployeeDoor(self.env_of("victim"), now=self.now).case(self.ref)
            own.write(c.NOTE, c.SELF, {"text": self.canary})
            self.env.flush_all()
        self.assertTrue([line for line in lines if self.canary in line])


@tagged("post_install", "-at_install")
class TestDump(BaseCase):
    """A backup as it leaves the house: pg_dump and the file store."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Cast.build()
        cls.registry = Registry(get_db_name())

    def dump(self):
        """Return the text of ``pg_dump``, of what is committed."""
        done = subprocess.run(
            ["pg_dump", "--no-owner", get_db_name()],
            capture_output=True,
            check=True,
            env=os.environ,
        )
        return done.stdout.decode("utf-8", "replace")

    def sections(self, dump):
        """Return ``{table: its rows as text}`` of a dump."""
        pattern = r"^COPY public\.(\S+) \(.*?\) FROM stdin;\n(.*?)^\\\.$"
        return dict(re.findall(pattern, dump, re.S | re.M))

    def words(self):
        return (Cast.canary, Cast.alias, Cast.address)

    def test_dump_and_files(self):
        dump = self.dump()
        sections = self.sections(dump)
        # Positive control: the dump has the people, and rows of every table.
        self.assertIn("Victim Person", sections["hr_employee"])
        for word in self.words():
            for shape in traces.forms(word):
                self.assertFalse(shape in dump, word)
            folder = Path(config["data_dir"]) / "filestore" / get_db_name()
            self.assertEqual(traces.files_with(word, folder), [])
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            user = env["res.users"].browse(Cast.keep["users"]["victim"])
            person = env["hr.employee"].browse(Cast.keep["people"]["victim"])
            names = {user.name, user.email, person.name, user.partner_id.name}
            tables = {env[name]._table for name in vault_models(env)}
        for table in tables:
            self.assertTrue(sections[table].strip(), table)
            for name in names:
                self.assertNotIn(name, sections[table], table)

    def test_red_without_sealing(self):
        """A note that was not sealed is in the dump, and in the backup's folder."""
        with self.registry.cursor() as cr, mute("odoo.sql_db"):
            env = api.Environment(cr, Cast.keep["users"]["victim"], {})
            with without_sealing():
                own = EmployeeDoor(env, now=Cast.now).case(Cast.ref)
                ref = own.write(c.NOTE, c.SELF, {"text": Cast.canary})
        try:
            dump = self.dump()
            self.assertIn(Cast.canary, self.sections(dump)["hr_career_entry"])
            folder = Path(config["data_dir"]) / "backup_of_the_adversary"
            folder.mkdir(exist_ok=True)
            file = folder / "dump.sql"
            file.write_text(dump)
            self.assertEqual(traces.files_with(Cast.canary, folder), [str(file)])
            file.unlink()
            folder.rmdir()
        finally:
            with self.registry.cursor() as cr:
                cr.execute("DELETE FROM hr_career_entry WHERE ref = %s", [ref])
