"""Published rows as a table for a spreadsheet: CSV and XLSX.

No row adds others up and no cell is a formula. In the workbook the figure itself is a
text ("about 15 people"), because a figure that was rounded by a draw must not be added
up; the ends of its range are numbers, and their sums stay true.
"""

import csv
import io
from datetime import datetime

import xlsxwriter

from odoo.addons.hr_career_focus.importer.cells import FORMULA_STARTS

from ..controllers import sentences

CSV_COLUMNS = (
    "year",
    "period",
    "table",
    "code",
    "group",
    "part_of",
    "people",
    "about",
    "from",
    "to",
    "or_more",
    "percent_from",
    "percent_to",
    "compared_with_company",
    "fingerprint",
)
#: A workbook says when it was made; the day of publication is all there is to say.
NO_TIME = datetime.min.time()
MAX_WIDTH = 44


def to_csv(figures):
    """Return the rows of a year as CSV: UTF-8, comma, one row for each figure."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    digests = {one.period: one.digest for one in figures.of_year}
    for line in (*figures.lines, *figures.quarters):
        figure, percents = line.figure, line.percents
        writer.writerow(
            (
                line.year,
                line.period,
                line.table,
                line.code,
                harmless(line.label),
                harmless(line.part_of),
                line.headcount,
                "" if figure.top else figure.shown,
                figure.low,
                "" if figure.top else figure.high,
                int(figure.top),
                percents.low or "",
                percents.high or "",
                line.verdict_code,
                digests[line.period],
            )
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(text):
    """Return a name that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("Studio"), harmless(" -x")
    ("'=1+1", 'Studio', "' -x")
    """
    risky = text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    return f"'{text}" if risky else text


def to_xlsx(figures):
    """Return the rows of a year as a workbook: figures, and how to read them."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    title = figures.env._("Uptake of career guidance, %s", figures.year)
    published = max(figures.of_year.mapped("published_on"))
    book.set_properties(
        {"title": title, "created": datetime.combine(published, NO_TIME)}
    )
    _Workbook(book, figures, title).fill()
    book.close()
    return stream.getvalue()


class _Workbook:
    """Writes two sheets."""

    def __init__(self, book, figures, title):
        self.book = book
        self.figures = figures
        self.title = title
        self.env = figures.env
        self.head = book.add_format(
            {"bold": True, "bg_color": "#12544f", "font_color": "#ffffff"}
        )
        self.heading = book.add_format({"bold": True, "font_size": 14})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.name = book.add_format({"bold": True, "valign": "top"})

    def fill(self):
        self._figures(self.book.add_worksheet(self.env._("Figures")))
        self._about(self.book.add_worksheet(self.env._("How to read them")))

    def _figures(self, sheet):
        heads = [
            self.env._("Period"),
            self.env._("Table"),
            self.env._("Group"),
            self.env._("Part of"),
            self.env._("People in the group"),
            self.env._("Took part"),
            self.env._("At least"),
            self.env._("At most"),
            self.env._("Share"),
            self.env._("Compared with the company"),
        ]
        widths = [len(head) + 2 for head in heads]
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self.head)
        lines = [*self.figures.lines, *self.figures.quarters]
        for row, line in enumerate(lines, start=1):
            indent = self._indent(line.depth)
            values = [
                line.period_label,
                line.title,
                line.label,
                line.part_of,
                line.headcount,
                line.people,
                line.figure.low,
                None if line.figure.top else line.figure.high,
                line.share,
                line.verdict,
            ]
            for column, value in enumerate(values):
                if isinstance(value, int):
                    sheet.write_number(row, column, value)
                elif value:
                    sheet.write_string(
                        row, column, value, indent if column == 2 else None
                    )
                    widths[column] = max(widths[column], len(value) + line.depth)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, MAX_WIDTH))
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, len(lines), len(heads) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&R&P / &N")

    def _indent(self, depth):
        if not depth:
            return None
        return self.book.add_format({"indent": min(depth - 1, 15)})

    def _about(self, sheet):
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, self.title, self.heading)
        row = 2
        for name, text in about(self.figures):
            sheet.write_string(row, 0, name, self.name)
            sheet.write_string(row, 1, text, self.wrap)
            row += 1
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)


def about(figures):
    """Return what belongs with the rows: (name, sentence)."""
    env = figures.env
    rows = [
        (env._("Company"), figures.company.name),
        (
            env._("A figure"),
            env._(
                "“About 10 people” means: the true number is one of 6 to 14. Each "
                "number was moved up or down to a multiple of five by a draw, once."
            ),
        ),
        (
            env._("Nobody and everybody"),
            env._(
                "“0 to 4 people” can be nobody and it can be four. “So many or more” "
                "can be half of the group and it can be everybody."
            ),
        ),
        (
            env._("Adding up"),
            env._(
                "Figures are rounded one by one, so they need not add up. Please do "
                "not add them yourself."
            ),
        ),
        (
            env._("Comparing"),
            env._(
                "A group is clearly above or below the company only when the two "
                "ranges do not touch."
            ),
        ),
    ]
    for release in figures.of_year:
        period = dict(release._selection_period())[release.period]
        rows.append(
            (
                env._("Published on"),
                f"{period}: {sentences.day(env, release.published_on)}",
            )
        )
        rows.append((env._("Fingerprint"), f"{period}: {release.digest}"))
    return rows
