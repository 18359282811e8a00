"""What the documents say of the wall, held against the code that is installed."""

import re
import threading
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.hr_career_focus.casework import approval_words, own_data
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.tests.common import CareerCase
from odoo.addons.hr_career_focus.vault.inventory import vault_models
from odoo.addons.hr_career_focus_reports.engine import schedule

from stack.layout import ROOT

DOCS = ROOT / "docs"
NONE = "–"
#: Models of the wall that say nothing about cases; no vault models, no access rows.
BESIDE = {
    "hr.career.login",
    "hr.career.throttle",
    "hr.career.check.expectation",
    "hr.career.check.run",
}
#: Words of this form that name something else: a kind of case, a database.
NO_SETTINGS = ("career_focus", "career_focus_import")
FOCUS = re.compile(r"`(/(?:my/)?focus[\w/.]*)`")


def text_of(name):
    return (DOCS / name).read_text(encoding="utf-8")


def pages():
    """Every page of the documents, and the README."""
    return [ROOT / "README.md", *DOCS.rglob("*.md"), *ROOT.glob("*/readme/*.md")]


def rows_below(text, heading):
    """Return the rows of the first table below a heading, as lists of cells."""
    part = text.split(f"{heading}\n", 1)[1].split("\n| --- ", 1)[1]
    rows = []
    for line in part.splitlines()[1:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def name_in(cell):
    """Return what stands in code in a cell."""
    return re.search(r"`([^`]+)`", cell).group(1)


@tagged("post_install", "-at_install")
class TestDocsWall(TransactionCase):
    """Matrices, settings, commands, pages and jobs."""

    def in_force(self, model, group):
        """Return what the access rows give ``group`` on ``model``."""
        rows = self.env["ir.model.access"].search([("model_id.model", "=", model)])
        found = set()
        for row in rows:
            if group is None or row.group_id == self.env.ref(group):
                found |= {
                    name
                    for name in ("read", "write", "create", "unlink")
                    if row[f"perm_{name}"]
                }
        return found

    def test_matrix_of_the_interface(self):
        """Each confidential model is in it, with who reads it by the access rows."""
        for language in ("threat-model.md", "nl/threat-model.md"):
            heading = (
                "### Over the interface (models, remote calls, exports)"
                if language == "threat-model.md"
                else "### Over de interface (modellen, aanroepen van buiten, exports)"
            )
            table = rows_below(text_of(language), heading)
            self.assertEqual(
                sorted(name_in(row[0]) for row in table), sorted(vault_models(self.env))
            )
            for name, coach, desk, others in table:
                model = name_in(name)
                reads = {
                    "hr_career_focus.group_coach": coach,
                    "hr_career_focus.group_desk": desk,
                }
                for group, cell in reads.items():
                    expected = set() if cell == NONE else {"read"}
                    self.assertEqual(self.in_force(model, group), expected, model)
                self.assertEqual(others, NONE)
                self.assertLessEqual(self.in_force(model, None), {"read"}, model)

    def test_beside_the_wall(self):
        """The models beside it are named, and nobody reads them over the interface."""
        named = set(re.findall(r"`(hr\.career\.[\w.]+)`", text_of("threat-model.md")))
        self.assertLessEqual(BESIDE, named)
        for model in BESIDE:
            self.assertFalse(self.in_force(model, None), model)

    def test_assets_are_complete(self):
        """Every confidential model is an asset, and every model named exists."""
        table = rows_below(text_of("threat-model.md"), "## What is worth protecting")
        assets = {
            name for row in table for name in re.findall(r"`(hr\.[\w.]+)`", row[2])
        }
        self.assertLessEqual(set(vault_models(self.env)), assets)
        for page in pages():
            for name in re.findall(r"`(hr\.career\.[\w.]+)`", page.read_text("utf-8")):
                if not name.endswith("."):
                    self.assertIn(name, self.env, page.name)

    def test_policy_and_figures(self):
        """Who writes and reads agreements, coaches, mandates and releases."""
        groups = {
            "Internal user": "base.group_user",
            "HR policy": "hr_career_focus.group_policy",
            "Works council": "hr_career_focus.group_works_council",
            "Privacy officer": "hr_career_focus.group_privacy_officer",
            "Finance": "hr_career_focus.group_finance",
        }
        models = (
            "hr.career.agreement",
            "hr.career.coach",
            "hr.career.mandate",
            "hr.career.provider",
            "hr.career.release",
        )
        for row in rows_below(text_of("threat-model.md"), "### Policy and figures"):
            if row[0] not in groups:
                continue
            group = groups[row[0]]
            for model, cell in zip(models, row[1:6], strict=True):
                found = self.in_force(model, group)
                if group not in ("base.group_user", "hr_career_focus.group_policy"):
                    found |= self.in_force(model, "base.group_user")
                expected = {
                    NONE: set(),
                    "read": {"read"},
                    "write": {"read", "write", "create", "unlink"},
                }[cell]
                self.assertEqual(found, expected, (row[0], model))

    def test_settings_in_force(self):
        """Each setting has the default that the council reads."""
        company = self.env["res.company"]
        english = {"none": False, "on": True, "off": False}
        dutch = {"geen": False, "aan": True, "uit": False}
        for page, heading, known in (
            ("works-council.md", "## The rules in force", english),
            ("nl/works-council.md", "## De regels die gelden", dutch),
        ):
            table = rows_below(text_of(page), heading)
            self.assertGreater(len(table), 6)
            for _rule, setting, default, _limits in table:
                name = name_in(setting)
                found = company.default_get([name]).get(name, False)
                expected = known[default] if default in known else int(default)
                self.assertEqual(found, expected, name)

    def test_limits_of_settings(self):
        """The limits that are named are those of the database."""
        company = self.env.company
        for name, allowed, refused in (
            ("career_retention_months", (1, 24), (0, 25)),
            ("career_min_group", (20, 30), (19,)),
        ):
            for value in allowed:
                company[name] = value
                company.flush_recordset()
            for value in refused:
                with (
                    self.assertRaises(CheckViolation),
                    mute_logger("odoo.sql_db"),
                    self.cr.savepoint(),
                ):
                    company[name] = value
                    company.flush_recordset()
                company.invalidate_recordset()

    def test_settings_named_anywhere_exist(self):
        """No page names a setting of a company that is not there."""
        for page in pages():
            for name in re.findall(r"`(career_[a-z_]+)`", page.read_text("utf-8")):
                if name not in {*self.commands(), *NO_SETTINGS}:
                    self.assertIn(name, self.env["res.company"]._fields, page.name)

    def commands(self):
        """Return ``{command: what its program says}``."""
        return {
            path.stem: path.read_text("utf-8")
            for path in ROOT.glob("*/cli/career_*.py")
        }

    def test_commands(self):
        """What is written as a command exists, with its act and its options."""
        named = set()
        for page in pages():
            for line in page.read_text("utf-8").splitlines():
                for part in re.findall(
                    r"career_(?:vault|log|check|money|uptake)\b[^`|]*", line
                ):
                    name, *words = part.split()
                    named.add(name)
                    code = self.commands()[name]
                    is_code = f"`{part}`" in line or line.startswith("odoo ")
                    if not is_code:
                        continue
                    if words and re.fullmatch(r"[a-z-]+", words[0]):
                        self.assertIn(f'"{words[0]}"', code, part)
                    for option in re.findall(r"--[a-z-]+", part):
                        self.assertIn(f'"{option}"', code, part)
        self.assertEqual(named, set(self.commands()))

    def test_acts_are_all_documented(self):
        """Each act of a command is in the document for whoever runs the server."""
        text = text_of("operations.md")
        for name, code in self.commands().items():
            self.assertIn(name, text)
            # Its help lists the acts: the name at the left, what it does beside it.
            for act in re.findall(r"(?m)^    ([a-z-]+)(?:  +\w.*)?$", code):
                self.assertRegex(text, rf"{name} +{act}\b")

    def test_addresses(self):
        """Each address of a page that is named is one."""
        thread = threading.current_thread()
        with patch.object(thread, "dbname", self.cr.dbname, create=True):
            known = self.env["ir.http"].routing_map().iter_rules()
        rules = {re.sub(r"<[^>]+>", "", rule.rule).rstrip("/") for rule in known}
        found = 0
        for page in pages():
            for address in FOCUS.findall(page.read_text("utf-8")):
                address = address.removesuffix("...").rstrip("/")
                is_room = any(rule.startswith(f"{address}/") for rule in rules)
                self.assertTrue(address in rules or is_room, (page.name, address))
                found += 1
        self.assertGreater(found, 20)

    def test_jobs(self):
        """The table of jobs is that of the jobs there are, with how often they run."""
        table = rows_below(text_of("operations.md"), "## Scheduled jobs")
        often = {
            ("days", 1): "daily",
            ("hours", 1): "every hour",
            ("months", 1): "monthly",
        }
        written = {row[0].strip("*"): row[1] for row in table}
        jobs = self.env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("module", "=like", "hr_career_focus%")]
        )
        crons = self.env["ir.cron"].browse(jobs.mapped("res_id"))
        self.assertEqual(
            written,
            {
                cron.with_context(lang="en_US").name: often[
                    cron.interval_type, cron.interval_number
                ]
                for cron in crons
            },
        )

    def test_variables(self):
        """Each variable of the environment that is named is read somewhere."""
        code = "".join(
            path.read_text("utf-8") for path in (ROOT / "hr_career_focus").rglob("*.py")
        )
        named = set()
        for page in pages():
            named |= set(re.findall(r"HR_CAREER_FOCUS_\w+", page.read_text("utf-8")))
        for name in named:
            self.assertIn(f'"{name}"', code)
        read = set(re.findall(r'"(HR_CAREER_FOCUS_\w+)"', code))
        self.assertLessEqual(read, named)

    def test_second_person(self):
        """What needs a second person, and for how long a confirmation is good."""
        text = text_of("works-council.md")
        hours = approval_words.lasts(approval_words.BULK).total_seconds() / 60
        others = {
            approval_words.lasts(kind).days
            for kind, _label in approval_words.KINDS
            if kind != approval_words.BULK
        }
        self.assertEqual(others, {7})
        self.assertIn(f"{hours:.0f} minutes for the whole list, 7 days", text)

    def test_days_of_publication(self):
        """The days on which figures appear."""
        periods = (schedule.YEAR, *schedule.QUARTERS[:3])
        days = [schedule.publication_day(2026, one) for one in periods]
        said = ", ".join(f"{day.day} {day:%B}" for day in days)
        self.assertIn(said, text_of("works-council.md"))


@tagged("post_install", "-at_install")
class TestDocsOwnData(CareerCase):
    """The file with one's own data is as it is described."""

    def named(self, heading):
        """Return the fields that the table below a heading names."""
        rows = rows_below(text_of("own-data.md"), heading)
        return {name for row in rows for name in re.findall(r"`(\w+)`", row[0])}

    def test_fields(self):
        """No field is missing from the description, and none is described in vain."""
        ref = self.make_aftercare()
        _ = self.coach_door().cases()
        case = self.employee_door().case(ref)
        case.call_odd(case.view.openings[0].ref, "Who was this?")
        data = own_data.collect(case)
        self.assertEqual(set(data), self.named("# The file with one's own data"))
        self.assertEqual(data["format"], own_data.FORMAT)
        self.assertEqual(set(data["case"]), self.named("## `case`"))
        for name in ("texts", "openings", "odd_openings", "rights_used"):
            self.assertTrue(data[name], name)
            for one in data[name]:
                self.assertEqual(set(one), self.named(f"## `{name}`"))

    def test_codes(self):
        """The codes that are described are those there are."""
        text = text_of("own-data.md")
        for known, label in (
            (dict(c.KINDS), "kind"),
            (dict(c.STATES), "state"),
            (dict(c.PHASES), "phases"),
        ):
            [row] = [
                row
                for row in rows_below(text, "## `case`")
                if row[0].startswith(f"`{label}`")
            ]
            self.assertEqual(set(re.findall(r"`(\w+)`", row[1])), set(known))
        rows = {name_in(row[0]): row[1] for row in rows_below(text, "## `texts`")}
        kinds = set(re.findall(r"`(\w+)`", rows["kind"]))
        self.assertEqual(kinds, set(c.ENTRY_KINDS))
        readers = set(re.findall(r"`(\w+)`", rows["readers"]))
        self.assertEqual(readers, set(dict(c.AUDIENCES)))
