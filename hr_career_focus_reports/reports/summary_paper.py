"""One page for management: how many, who is reached, over the years, and what it means.

Parts of the organisation are not on it. They are on the pages of their managers, and a
paper that goes round a table is no place to compare small groups.
"""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import KeepInFrame, Paragraph, Spacer, Table, TableStyle

from odoo.addons.hr_career_focus.controllers.paper import LINE, MARGIN

from ..controllers.uptake_view import BENCHMARK_PERCENT
from ..engine import structure
from . import words
from .figures import Trend
from .sheet import (
    CELL,
    CLOSE_ROWS,
    HEAD,
    SOFT_CELL,
    VERDICTS,
    WIDTH,
    FigureSheet,
    escape,
)

HEIGHT = A4[1] - 2 * MARGIN - 8 * mm
COLUMNS = (0.13, 0.2, 0.24, 0.19, 0.24)


def summary_pdf(figures):
    """Return the page about a year as PDF, in the language of its environment."""
    env = figures.env
    sheet = SummarySheet(
        env,
        env._("Career guidance in %s", figures.year),
        BENCHMARK_PERCENT,
    )
    sheet.on_scale_of([line for line in figures.lines if line.table != structure.TREE])
    sheet.lead(figures.company.name)
    words.headline(sheet, figures)
    why = figures.why_no_parts()
    if why:
        sheet.text(why)
    if figures.traits:
        sheet.heading(env._("Who is reached?"))
        for text in words.reach(figures):
            sheet.text(text)
        sheet.compact(figures.traits)
    sheet.years_and_quarters(figures)
    sheet.heading(env._("What a figure means"))
    if figures.whole:
        sheet.points(words.meaning(env, figures.whole)[:1])
    sheet.points(
        [
            env._("Figures need not add up. Please do not add them yourself."),
            words.privacy_line(env, figures),
        ]
    )
    sheet.text(words.released(figures), soft=True)
    return sheet.to_bytes()


class SummarySheet(FigureSheet):
    """A paper that is one page, whatever is on it: what is too much becomes smaller."""

    def compact(self, tables):
        """Add the rows of several tables as one, a line each."""
        rows, styles = [], list(CLOSE_ROWS)
        for _code, title, lines in tables:
            styles.append(("LINEABOVE", (0, len(rows)), (-1, len(rows)), 0.4, LINE))
            rows += [
                [
                    Paragraph(escape("" if number else title), HEAD),
                    Paragraph(escape(line.label), CELL),
                    self._bar(line),
                    Paragraph(escape(line.share), CELL),
                    Paragraph(
                        escape(line.verdict),
                        VERDICTS.get(line.verdict_code, SOFT_CELL),
                    ),
                ]
                for number, line in enumerate(lines)
            ]
        table = Table(
            rows,
            colWidths=[WIDTH * column for column in COLUMNS],
            style=TableStyle(styles),
        )
        table.hAlign = "LEFT"
        self._parts.append(table)

    def years_and_quarters(self, figures):
        """Add the company over the years, and by quarter beside it."""
        company = [
            one for one in figures.trends if one.lines[0].table == structure.COMPANY
        ]
        charts = [
            Trend(self.env._("The company over the years"), one.lines, one.together)
            for one in company
        ]
        if figures.quarters:
            title = self.env._("The company by quarter")
            charts.append(Trend(title, figures.quarters))
        if charts:
            self._parts.append(Spacer(1, 2 * mm))
            self.trends(charts)

    def to_bytes(self):
        self._parts = [KeepInFrame(WIDTH, HEIGHT, self._parts, mode="shrink")]
        return super().to_bytes()
