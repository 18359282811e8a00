"""Attacks by looking again, and by money and percents, in Odoo (A11, A12).

Nothing that can be read is a function of anything but published rows: looking a
thousand times, in another language or as somebody else adds nothing, and two
organisations with the same rows and other truths cannot be told apart by a byte.
"""

import io
import itertools
import re
import threading
import zipfile

from lxml import html

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfReader

from ..controllers.documents import FILES
from ..controllers.uptake_view import UptakePage
from ..engine import rounding, shares
from .worlds import MONTHS, SIZES, WorldsCase

MODULE = "odoo.addons.hr_career_focus_reports.controllers."
READERS = {
    "policy": "hr_career_focus.group_policy",
    "council": "base.group_portal,hr_career_focus.group_works_council",
}
BOSSES = {f"{name.lower()}boss": name for name in SIZES}


class ReadersCase(WorldsCase):
    """A manager for every department, HR policy and the works council."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number, (login, department) in enumerate(BOSSES.items()):
            group = ("base.group_user", "base.group_portal")[number % 2]
            cls.org.manager_of(department, login, group)
        for login, groups in READERS.items():
            cls.org.login(login, groups)
        cls.addresses = cls.own_addresses()

    @classmethod
    def own_addresses(cls):
        """Return every address of the addon that can be opened, filled in."""
        threading.current_thread().dbname = cls.cr.dbname
        values = {
            "company": [cls.company.id],
            "year": [2025],
            "period": ["year"],
            "name": FILES,
        }
        found = set()
        for rule in cls.env["ir.http"].routing_map().iter_rules():
            made_by = getattr(rule.endpoint, "original_endpoint", rule.endpoint)
            module = getattr(made_by, "__module__", "")
            if "GET" in (rule.methods or ("GET",)) and (
                module.startswith(MODULE) or rule.rule.startswith("/focus/uptake")
            ):
                parts = re.split(r"<(?:[^:<>]*:)?(\w+)>", rule.rule)
                for chosen in itertools.product(*(values[one] for one in parts[1::2])):
                    parts[1::2] = map(str, chosen)
                    found.add("".join(parts))
        return sorted(found)

    def answers(self, login, language="en_US", papers=True):
        """Return what each address gives a login: status and content.

        :param papers: whether to ask for what takes seconds to print, too.
        """
        self.authenticate(login, login.ljust(8, "x"))
        self.opener.cookies.set("frontend_lang", language)
        return {
            address: self.plain(self.url_open(address))
            for address in self.addresses
            if papers or not address.endswith(".pdf")
        }

    def plain(self, response):
        """Return an answer without what changes by itself: a token, a clock."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        content = response.content
        if response.status_code != 200:
            content = b""
        elif kind == "text/html":
            content = self.main(response.text)
        elif kind == "application/pdf":
            pages = PdfReader(io.BytesIO(content)).pages
            content = "\f".join(page.extract_text() for page in pages).encode()
        elif content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                content = b"".join(
                    name.encode() + book.read(name) for name in sorted(book.namelist())
                )
        headers = {
            name: response.headers.get(name)
            for name in ("Content-Disposition", "ETag", "Last-Modified")
        }
        return response.status_code, kind, headers, content


@tagged("post_install", "-at_install")
class TestTwoWorlds(ReadersCase):
    """A12: two truths with the same rows give the same bytes everywhere."""

    def test_equal_rows_give_equal_bytes(self):
        twin = self.twin(self.truth)
        self.assertNotEqual(twin.keys(), self.truth.keys())
        self.assertGreater(
            len(twin.keys() ^ self.truth.keys()),
            5,
            "The two worlds are nearly the same.",
        )
        seen = []
        for truth in (self.truth, twin):
            with self.world(truth) as release, freeze_time("2026-02-02 10:00:00"):
                self.assertTrue(release._is_intact())
                content = release._content()
                seen.append(
                    (content, {who: self.answers(who) for who in (*BOSSES, *READERS)})
                )
        (one_release, one), (other_release, other) = seen
        self.assertEqual(one_release, other_release)
        self.assertIn("/focus/uptake", self.addresses)
        opened = 0
        for login, answers in one.items():
            for address, answer in answers.items():
                with self.subTest(login=login, address=address):
                    opened += answer[0] == 200
                    self.assertIn(answer[0], (200, 303, 404))
                    self.assertEqual(answer, other[login][address])
        self.assertGreaterEqual(opened, len(one))

    def test_other_rows_give_other_bytes(self):
        """Positive control: where a row differs the page does."""
        everybody = dict.fromkeys(self.org.employees.ids, MONTHS[0])
        seen = []
        for truth in (self.truth, everybody):
            with self.world(truth), freeze_time("2026-02-02 10:00:00"):
                seen.append(self.answers("policy", papers=False)["/focus/uptake"])
        self.assertNotEqual(*seen)

    def test_percents_hold_every_number_of_the_range(self):
        """A percentage says no more than the range: all counts in it fit."""
        for size in (20, 33, 60, 97, 250):
            for count in range(size + 1):
                for ticket in (0, rounding.TICKETS - 1):
                    figure = rounding.figure(count, size, ticket)
                    share = shares.share(figure, size)
                    for possible in range(figure.low, figure.high + 1):
                        self.assertLessEqual((share.low or 0) * size, 100 * possible)
                        self.assertGreaterEqual(
                            (share.high or 100) * size, 100 * possible
                        )


@tagged("post_install", "-at_install")
class TestAveraging(ReadersCase):
    """A11: the same figures, however often and in whatever way they are asked for."""

    TIMES = 1000

    def setUp(self):
        super().setUp()
        self.take_part(self.truth)
        self.publish()

    def numbers(self, login, language="en_US"):
        """Return the numbers in the tables of the page, in no order."""
        page = html.fromstring(
            self.answers(login, language, papers=False)["/focus/uptake"][3]
        )
        found = sorted(
            number
            for table in page.xpath("//table")
            for number in re.findall(r"\d+", table.text_content())
        )
        self.assertTrue(found)
        return found

    @freeze_time("2026-02-02")
    def test_a_thousand_renders(self):
        """Rendered as each reader, in each language, from each company, by turns."""
        users = self.env["res.users"].search([("login", "in", list(READERS))])
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        other = self.env["res.company"].create({"name": "Elsewhere"})
        companies = [self.company.id, other.id]
        nothing = self.env["hr.department"].browse()
        seen = {}
        for time in range(self.TIMES):
            user = users[time % len(users)]
            env = self.env(
                user=user,
                context={
                    "lang": languages[time % len(languages)],
                    "allowed_company_ids": companies[:: 1 - time % 2 * 2],
                    "tz": ("Europe/Brussels", "UTC")[time % 2],
                },
            )
            if not time % 100:
                self.env.invalidate_all()
            view = UptakePage(env, self.company.sudo(), nothing, True).view()
            seen.setdefault(env.lang, set()).add(repr(view))
        for code, views in seen.items():
            self.assertEqual(len(views), 1, code)
        self.assertEqual(len(seen), len(languages))

    @freeze_time("2026-02-02 10:00:00")
    def test_over_the_web_in_every_language(self):
        """Each address twice for each login: byte for byte; numbers in any language."""
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for login in (*BOSSES, *READERS):
            # What managers get is short and made the same way: one language each.
            for language in languages if login in READERS else languages[-1:]:
                with self.subTest(login=login, language=language):
                    once, again = (
                        self.answers(login, language, papers=False) for _time in "12"
                    )
                    self.assertEqual(once, again)
        for login in READERS:
            told = {tuple(self.numbers(login, language)) for language in languages}
            self.assertEqual(len(told), 1, login)

    @freeze_time("2026-02-02 10:00:00")
    @mute_logger("odoo.http")
    def test_same_rows_for_policy_and_council(self):
        """R14: one release for all; two readers of everything compare to no avail."""
        self.assertEqual(*(self.numbers(login) for login in READERS))
