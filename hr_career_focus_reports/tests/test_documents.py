"""Published figures as files: for those who read all rows, and nothing beside them."""

import csv
import io
import json
import re
from datetime import date, datetime

import openpyxl
import pypdfium2

from odoo.tests import HttpCase, freeze_time, tagged

from ..engine import open_data
from ..engine import release as engine
from ..engine.parameters import AGREED
from ..engine.rounding import Figure
from ..models.frozen_mixin import publishing
from ..reports.council_paper import council_pdf
from ..reports.figures import YearFigures
from ..reports.summary_paper import summary_pdf
from ..reports.tables import to_csv
from .common import Organisation
from .test_release_access import OTHERS, READERS

NAMES = ("report.pdf", "summary.pdf", "figures.csv", "figures.xlsx", "open.json")
ABOUT_15 = Figure(15, 11, 19, False)
RISKY = '=HYPERLINK("x")'


class DocumentsCase(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.org = Organisation(
            cls.env,
            "Omroep De Waal",
            {"Production": 16, "Studio": 60, RISKY: 44, "Office <b>": 92, "Sound": 8},
            {"Studio": "Production", RISKY: "Production", "Sound": "Production"},
        )
        cls.start(2024, 20)
        cls.start(2025, 30)
        with freeze_time("2025-01-15"):
            cls.org.publish(2024)

    @classmethod
    def start(cls, year, number):
        """Let people of all departments start, a few in each month."""
        for position, employee in enumerate(cls.org.employees[:: 210 // number]):
            cls.org.start(employee, date(year, position % 12 + 1, 1))

    @classmethod
    def publish(cls):
        """Publish 2025: first quarter and year."""
        for period, day in (("q1", "2025-04-15"), ("year", "2026-01-15")):
            with freeze_time(day):
                release = cls.org.publish(2025, period)
        return release

    def get(self, login, name, year=2025, company=None, **wishes):
        """Ask for a file as `login`."""
        self.authenticate(login, login.ljust(8, "x"))
        wishes = "&".join(f"{key}={value}" for key, value in wishes.items())
        company = (company or self.org.company).id
        return self.url_open(f"/focus/uptake/{company}/{year}/{name}?{wishes}")

    def reader(self, login="council", lang=None):
        user = self.org.login(login, READERS[login])
        if lang:
            self.env["res.lang"]._activate_lang(lang)
            user.lang = lang
        return login

    def pages(self, content):
        """Return the text of each page of a PDF, on one line."""
        return [
            re.sub(r"\s+", " ", page.get_textpage().get_text_range())
            for page in pypdfium2.PdfDocument(content)
        ]


@tagged("post_install", "-at_install")
class TestDocumentAccess(DocumentsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.publish()

    def test_who_reads_all_rows_gets_every_file(self):
        kinds = {
            "pdf": "application/pdf",
            "csv": "text/csv; charset=utf-8",
            "json": "application/json",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
        before = self.env["ir.attachment"].search_count([])
        for login, groups in READERS.items():
            self.org.login(login, groups)
            for name in NAMES:
                with self.subTest(login=login, name=name):
                    answer = self.get(login, name)
                    self.assertEqual(answer.status_code, 200)
                    self.assertEqual(
                        answer.headers["Content-Type"].replace("; charset=utf-8", ""),
                        kinds[name.split(".")[1]].replace("; charset=utf-8", ""),
                    )
                    self.assertIn("no-store", answer.headers["Cache-Control"])
                    self.assertRegex(
                        answer.headers["Content-Disposition"],
                        r'attachment; filename="uptake-2025[a-z-]*\.[a-z]+"',
                    )
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_others_get_the_answer_for_what_is_missing(self):
        """Managers read the own part on their page and take no file away."""
        self.org.manager_of("Studio", "studioboss")
        self.org.manager_of("Sound", "portalboss", "base.group_portal")
        others = {"studioboss": None, "portalboss": None} | OTHERS
        for login, groups in others.items():
            if groups:
                self.org.login(login, groups)
            missing = self.get(login, "report.pdf", year=1999)
            for name in NAMES:
                with self.subTest(login=login, name=name):
                    answer = self.get(login, name)
                    self.assertEqual(answer.status_code, 404)
                    self.assertEqual(self.bare(answer), self.bare(missing))
        self.assertEqual(self.get(self.reader(), "report.pdf").status_code, 200)

    def bare(self, answer):
        """Return a page without what differs at each request."""
        return re.sub(r'csrf_token: "[^"]*"|/uptake/[^"\s]*', "", answer.text)

    def test_nobody_logged_in_is_sent_to_the_login(self):
        self.authenticate(None, None)
        answer = self.url_open(
            f"/focus/uptake/{self.org.company.id}/2025/open.json", allow_redirects=False
        )
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_another_company_is_missing(self):
        council = self.reader()
        other = Organisation(self.env, "Elsewhere", {"Office": 25})
        with freeze_time("2026-01-15"):
            other.publish(2025)
        for wish in (
            {"company": other.company},
            {"year": 2023},
            {"year": 10**12},
            {"language": "xx_XX"},
        ):
            with self.subTest(wish):
                self.assertEqual(
                    self.get(council, "open.json", **wish).status_code, 404
                )
        for name in ("report.PDF", "cases.csv", "report.html"):
            self.assertEqual(self.get(council, name).status_code, 404)
        self.assertEqual(self.get(council, "open.json").status_code, 200)

    def test_a_year_of_which_only_a_quarter_is_out(self):
        council = self.reader()
        self.start(2026, 30)
        with freeze_time("2026-04-15"):
            self.org.publish(2026, "q1")
        text = " ".join(self.pages(self.get(council, "report.pdf", 2026).content))
        self.assertIn("figures of the whole year have not been published yet", text)
        self.assertIn("First quarter", text)
        self.assertEqual(
            len(self.pages(self.get(council, "summary.pdf", 2026).content)), 1
        )
        self.assertEqual(self.get(council, "figures.xlsx", 2026).status_code, 200)
        self.assertEqual(self.get(council, "open.json", 2026).status_code, 404)


@tagged("post_install", "-at_install")
class TestDocumentContent(DocumentsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.release = cls.publish()
        cls.quarter = cls.release.search(
            [("company_id", "=", cls.org.company.id), ("period", "=", "q1")]
        )

    def test_report_has_everything_of_the_release(self):
        pages = self.pages(self.get(self.reader(), "report.pdf").content)
        text = " ".join(pages)
        for number, page in enumerate(pages, start=1):
            self.assertIn(f"Page {number} of {len(pages)}", page)
        for cell in self.release.cell_ids[1:]:
            self.assertIn(f"{cell.group_text} {cell.headcount} people", text)
        for words in (
            "What a figure means",
            "Who is reached?",
            "By age",
            "By part of the organisation",
            "of 220 people started with career guidance",
            "The company by quarter",
            "Over the years",
            "The proof for each person",
            "The rules of these figures",
            "A group needs at least 20 people.",
            "Fingerprints",
            "It fits.",
            "15 January 2026",
        ):
            self.assertIn(words, text)
        squeezed = text.replace(" ", "")
        for release in (self.release, self.quarter):
            self.assertIn(release.digest, squeezed)

    def test_report_says_when_figures_were_changed(self):
        council = self.reader()
        self.env.cr.execute(
            "ALTER TABLE hr_career_release_cell DISABLE TRIGGER USER;"
            "UPDATE hr_career_release_cell SET headcount = headcount + 1"
            "  WHERE id = %s;"
            "ALTER TABLE hr_career_release_cell ENABLE TRIGGER USER",
            [self.release.cell_ids[1].id],
        )
        self.env.invalidate_all()
        text = " ".join(self.pages(self.get(council, "report.pdf").content))
        self.assertIn("It does not fit", text)

    def test_summary_is_one_page_without_parts(self):
        [text] = self.pages(self.get(self.reader(), "summary.pdf").content)
        self.assertIn("Page 1 of 1", text)
        self.assertIn("Who is reached?", text)
        self.assertIn("The company over the years", text)
        self.assertIn(self.release.digest, text.replace(" ", ""))
        for department in ("Studio", "Office", "HYPERLINK"):
            self.assertNotIn(department, text)

    def test_csv_has_the_published_cells_and_no_more(self):
        answer = self.get(self.reader(), "figures.csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        cells = [*self.release.cell_ids, *self.quarter.cell_ids]
        self.assertEqual(len(rows), len(cells))
        for row, cell in zip(rows, cells, strict=True):
            self.assertEqual(
                (row["table"], row["code"], row["people"], row["from"], row["to"]),
                (
                    cell.table,
                    cell.code,
                    str(cell.headcount),
                    str(cell.low),
                    "" if cell.top else str(cell.high),
                ),
            )
            self.assertEqual(row["fingerprint"], cell.release_id.digest)
        self.assertEqual({row["period"] for row in rows}, {"year", "q1"})

    def test_no_cell_is_a_formula(self):
        """A department may have any name."""
        council = self.reader()
        self.assertIn(RISKY, self.release.cell_ids.mapped("label"))
        text = self.get(council, "figures.csv").content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        self.assertIn(f"'{RISKY}", cells)
        self.assertFalse([one for one in cells if one.startswith(("=", "+", "-", "@"))])
        book = self.book(council)
        kinds = {
            cell.data_type
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        self.assertEqual(kinds, {"s", "n"})
        names = [cell.value for cell in book.worksheets[0]["C"]]
        self.assertIn(RISKY, names)

    def book(self, login):
        content = self.get(login, "figures.xlsx").content
        return openpyxl.load_workbook(io.BytesIO(content))

    def test_workbook_has_figures_as_text_and_no_sum(self):
        sheet = self.book(self.reader()).worksheets[0]
        head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.assertEqual(head[5:8], ["Took part", "At least", "At most"])
        cells = [*self.release.cell_ids, *self.quarter.cell_ids]
        self.assertEqual(len(rows), len(cells))
        for row, cell in zip(rows, cells, strict=True):
            self.assertEqual(row[4], cell.headcount)
            self.assertIsInstance(row[5], str)
            self.assertEqual(row[6:8], [cell.low, None if cell.top else cell.high])

    def test_open_data_has_no_units(self):
        found = json.loads(self.get(self.reader(), "open.json").content)
        self.assertEqual(open_data.problems(found), [])
        self.assertEqual(found["fingerprint"], self.release.digest)
        self.assertEqual(found["employer"], "Omroep De Waal")
        shared = [cell for cell in self.release.cell_ids if cell.table != "tree"]
        self.assertEqual(len(found["rows"]), len(shared) + 1)
        self.assertNotIn("Studio", json.dumps(found))

    def test_the_same_bytes_for_everybody_and_at_any_time(self):
        """Nothing in a file tells who made it, or when."""
        council, policy = self.reader(), self.reader("policy")
        for name in NAMES:
            with self.subTest(name):
                first = self.get(council, name).content
                with freeze_time(datetime.now().replace(year=2031)):
                    later = self.get(policy, name).content
                self.assertEqual(first, later)
                for trace in (b"council", b"policy", b"Administrator", b"OdooBot"):
                    if name.endswith((".csv", ".json")):
                        self.assertNotIn(trace, first)
        for name in ("report.pdf", "summary.pdf"):
            about = pypdfium2.PdfDocument(
                self.get(council, name).content
            ).get_metadata_dict()
            self.assertEqual(about["Author"] + about["Creator"] + about["Producer"], "")
        properties = self.book(council).properties
        self.assertFalse(properties.creator or properties.lastModifiedBy)
        self.assertEqual(properties.created.date(), date(2026, 1, 15))

    def test_a_file_in_the_language_of_the_reader(self):
        """Words change, figures do not."""
        dutch = self.reader("policy", "nl_NL")
        council = self.reader()
        [text] = self.pages(self.get(dutch, "summary.pdf").content)
        self.assertIn("15 januari 2026", text)
        self.assertEqual(
            self.get(dutch, "summary.pdf").content,
            self.get(council, "summary.pdf", language="nl_NL").content,
        )
        self.assertNotEqual(
            self.get(dutch, "summary.pdf").content,
            self.get(council, "summary.pdf").content,
        )
        self.assertEqual(
            self.get(dutch, "open.json").content, self.get(council, "open.json").content
        )

    def test_company_only(self):
        """Too small for parts: every file has the one figure and says why."""
        small = Organisation(self.env, "Small", {"Office": 30})
        small.start(small.employees[:3], date(2025, 2, 1))
        with freeze_time("2026-01-15"):
            small.publish(2025)
        user = small.login("smallcouncil", READERS["council"])
        report, summary, table, _book, opened = (
            self.get(user.login, name, company=small.company).content for name in NAMES
        )
        for text in (" ".join(self.pages(report)), *self.pages(summary)):
            self.assertIn("fewer than 40 people", text)
        self.assertEqual(len(table.decode().splitlines()), 2)
        self.assertEqual(json.loads(opened)["state"], "company")

    def stored(self, name, state, certificate, *rows):
        """Freeze rows as if they were published; return what was published then."""
        company = self.env["res.company"].create({"name": name})
        found = engine.Release(
            company.id,
            2025,
            "year",
            date(2026, 1, 15),
            state,
            AGREED.as_dict(),
            engine.NO_PREVIOUS,
            rows,
            certificate,
        )
        with publishing():
            self.env["hr.career.release"]._freeze(found)
        return YearFigures(self.env, company, 2025)

    def test_a_proof_that_failed(self):
        """Beside a proof that held: the papers say which of the two it was."""
        row = engine.Row("company", "company", "Company", 0, 0, 0, 110, ABOUT_15)
        proof = {"holds": True, "insiders": 2, "exact_total": True, "rows": 31}
        held = self.stored("Held", engine.FULL, proof, row)
        failed = self.stored("Failed", engine.PRIVACY, proof | {"holds": False}, row)
        before = self.stored("Before", engine.FULL, None, row)
        says = {
            held: ("proved for each person before they appeared", "knows exactly how"),
            failed: ("could not prove for everybody", "company figure only"),
            before: ("before there was a proof", "Published before"),
        }
        for figures, (first, second) in says.items():
            papers = [council_pdf(figures), summary_pdf(figures)]
            text = " ".join(page for one in papers for page in self.pages(one))
            with self.subTest(figures.company.name):
                self.assertIn(first, text)
                self.assertIn(second, text)
                for other, (words, _more) in says.items():
                    if other != figures:
                        self.assertNotIn(words, text)

    def test_nobody_and_everybody_are_not_told(self):
        """A figure of zero and one of half and more, in every file."""
        for figure, said, never in (
            (Figure(0, 0, 4, False), "0 to 4 people", "about 0"),
            (Figure(50, 46, 110, True), "46 people or more", "110 people took"),
        ):
            row = engine.Row("company", "company", "Company", 0, 0, 0, 110, figure)
            figures = self.stored(said, engine.COMPANY_ONLY, None, row)
            for paper in (council_pdf, summary_pdf):
                text = " ".join(self.pages(paper(figures)))
                self.assertIn(said, text)
                self.assertIn(f"“{said}”", text)
                self.assertNotIn(never, text)
                self.assertNotRegex(text, r"(?<!\d)(0|100)% \(")
            [_head, line] = to_csv(figures).decode().splitlines()
            values = line.split(",")
            self.assertEqual(values[9:11], ["", "1"] if figure.top else ["4", "0"])

    def test_queries_do_not_grow_with_the_rows(self):
        def queries(figures):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            council_pdf(YearFigures(self.env, figures.company, 2025))
            return self.cr.sql_log_count - before

        few, many = (
            self.stored(
                f"{units} units",
                engine.FULL,
                None,
                engine.Row("company", "company", "Company", 0, 0, 0, 900, ABOUT_15),
                *(
                    engine.Row("tree", str(n), f"Unit {n}", n, 0, 1, 40, ABOUT_15)
                    for n in range(1, units + 1)
                ),
            )
            for units in (2, 22)
        )
        queries(few)
        self.assertEqual(queries(few), queries(many))
