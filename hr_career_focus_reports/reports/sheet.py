"""Paper with ranges on it: bars, tables of figures, small charts, a highlighted box.

Beside every bar stand the words that say the same, so nothing is lost in a copy in
black and white or to a reader who does not see the drawing.
"""

from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    LongTable,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from odoo.addons.hr_career_focus.controllers import paper
from odoo.addons.hr_career_focus.controllers.check_paper import CheckPaper
from odoo.addons.hr_career_focus.controllers.paper import WIDTH

from ..engine import shares
from .figures import SCALES, scale

BAND = HexColor("#7fb0aa")
OPEN_BAND = HexColor("#c4dad7")
MARK = HexColor("#12544f")
TRACK = HexColor("#e9ebe6")
BENCHMARK = HexColor("#b4690e")
TINT = HexColor("#f1f6f5")
TREND_COLUMNS = 2
BAR_HEIGHT = 11

CELL = paper._style("uptake_cell", fontSize=8.5, leading=11.5)
SOFT_CELL = paper._style("uptake_soft", fontSize=8, leading=11, textColor=paper.SOFT)
STRONG_CELL = paper._style(
    "uptake_strong", fontName="Focus-Bold", fontSize=8.5, leading=11.5
)
#: A clear difference stands out, and is said in words as well.
VERDICTS = {
    shares.BELOW: paper._style(
        "uptake_below",
        fontName="Focus-Bold",
        fontSize=8,
        leading=11,
        textColor=BENCHMARK,
    ),
    shares.ABOVE: paper._style(
        "uptake_above", fontName="Focus-Bold", fontSize=8, leading=11, textColor=MARK
    ),
}
HEAD = paper._style("uptake_head", fontSize=7.5, leading=10, textColor=paper.SOFT)
BIG = paper._style(
    "uptake_big", fontName="Focus-Bold", fontSize=22, leading=27, textColor=MARK
)
LEAD = paper._style("uptake_lead", fontSize=11, leading=16, spaceAfter=6)
POINT = paper._style(
    "uptake_point", leading=14, spaceAfter=2.5, leftIndent=11, bulletIndent=1
)
SMALL_HEADING = paper._style(
    "uptake_small_heading",
    fontName="Focus-Bold",
    fontSize=10.5,
    leading=14,
    spaceBefore=8,
    spaceAfter=3,
    keepWithNext=1,
)
ROWS = [
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (0, -1), 0),
    ("LEFTPADDING", (1, 0), (-1, -1), 5),
    ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, paper.LINE),
]
#: The same without lines, and a little closer.
CLOSE_ROWS = [
    *ROWS[:-1],
    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
]
BOX = TableStyle(
    [
        ("BACKGROUND", (0, 0), (-1, -1), TINT),
        ("LINEBEFORE", (0, 0), (0, -1), 3, MARK),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 10),
        ("TOPPADDING", (0, 0), (-1, -1), 8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
)
SIDE_BY_SIDE = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 14),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
)


class Range(Flowable):
    """The numbers a share can be, on a scale that begins at zero.

    :param line: a published row.
    :param end: the percent at which the drawing ends.
    :param benchmark: a percent to draw a dotted line at.
    """

    def __init__(self, line, end, benchmark=None):
        super().__init__()
        self._line = line
        self._scale = end
        self._benchmark = benchmark

    def wrap(self, width, _height):
        self.width, self.height = width, BAR_HEIGHT
        return self.width, self.height

    def _at(self, count):
        return self._at_percent(100 * count / self._line.headcount)

    def _at_percent(self, percent):
        return self.width * min(1, percent / self._scale)

    def draw(self):
        canvas, figure = self.canv, self._line.figure
        middle = self.height / 2
        start, end = self._at(figure.low), self._at(figure.high)
        canvas.setFillColor(TRACK)
        canvas.roundRect(0, middle - 3, self.width, 6, 3, stroke=0, fill=1)
        canvas.setFillColor(OPEN_BAND if figure.top else BAND)
        band = max(end - start, 1.5)
        canvas.roundRect(start, middle - 3, band, 6, min(3, band / 2), stroke=0, fill=1)
        if self._benchmark is not None and self._benchmark <= self._scale:
            place = self._at_percent(self._benchmark)
            canvas.setStrokeColor(BENCHMARK)
            canvas.setLineWidth(0.9)
            canvas.setDash([1.6, 1.1])
            canvas.line(place, 0, place, self.height)
            canvas.setDash([])
        canvas.setFillColor(MARK)
        if figure.top:
            canvas.rect(start, middle - 4.5, 1.6, 9, stroke=0, fill=1)
        elif figure.shown:
            mark = self._at(figure.shown)
            canvas.rect(mark - 0.8, middle - 4.5, 1.6, 9, stroke=0, fill=1)


class FigureSheet(CheckPaper):
    """A paper about published figures; the same figures give the same bytes.

    :param benchmark: a percent to draw a dotted line at.
    """

    _repeatable = True

    def __init__(self, env, title, benchmark=None):
        super().__init__(
            title,
            lambda page, pages: env._(
                "Page %(page)s of %(pages)s", page=page, pages=pages
            ),
            (env.lang or "en_US").replace("_", "-"),
        )
        self.env = env
        self.scale = SCALES[-1]
        self.benchmark = benchmark

    def on_scale_of(self, lines):
        """Let the bars that follow end where they all fit."""
        self.scale = scale(lines)

    def lead(self, text):
        """Add what the paper is about, a little larger."""
        self._parts.append(Paragraph(escape(text), LEAD))

    def small_heading(self, text):
        """Begin a part of a part."""
        self._parts.append(Paragraph(escape(text), SMALL_HEADING))

    def points(self, texts):
        """Add sentences as a list."""
        self._parts += [
            Paragraph(escape(text), POINT, bulletText="•") for text in texts if text
        ]

    def facts(self, pairs):  # pylint: disable=missing-return
        super().facts(pairs)
        self._parts.append(Spacer(1, 2 * mm))

    def columns(self, head, rows, shares_of_width):
        """Add a table of texts.

        :param shares_of_width: how the width is divided.
        """
        body = [[Paragraph(escape(text), HEAD) for text in head]]
        body += [[Paragraph(escape(text), CELL) for text in row] for row in rows]
        table = Table(
            body,
            colWidths=[WIDTH * share for share in shares_of_width],
            style=TableStyle(ROWS),
            repeatRows=1,
        )
        table.hAlign = "LEFT"
        self._parts += [table, Spacer(1, 2 * mm)]

    def box(self, big, texts, line=None):
        """Add what matters most: a large text, sentences, and the range beside it."""
        words = [
            Paragraph(escape(big), BIG),
            *(Paragraph(escape(text), paper.BODY) for text in texts),
        ]
        cells, widths = [words], [WIDTH]
        if line:
            cells.append([self._axis(), self._bar(line)])
            widths = [WIDTH * 0.56, WIDTH * 0.44]
        table = Table([cells], colWidths=widths, style=BOX)
        table.hAlign = "LEFT"
        self._parts += [table, Spacer(1, 3 * mm)]

    def figures(self, lines, first=None, indented=False):
        """Add a table of figures with their ranges.

        :param first: heading of the first column.
        :param indented: whether deeper rows move to the right.
        """
        widths = (0.31, 0.25, 0.22, 0.22)
        rows = [self._figure_row(line, indented) for line in lines]
        table = LongTable(
            [self._head(first), *rows],
            colWidths=[WIDTH * width for width in widths],
            style=TableStyle(ROWS),
            repeatRows=1,
        )
        table.hAlign = "LEFT"
        self._parts += [table, Spacer(1, 2 * mm)]

    def _head(self, first):
        return [
            Paragraph(escape(first or self.env._("Group")), HEAD),
            self._axis(),
            Paragraph(escape(self.env._("Took part")), HEAD),
            Paragraph(escape(self.env._("Share")), HEAD),
        ]

    def _figure_row(self, line, indented):
        name = paper._style(
            f"uptake_name_{line.depth if indented else 0}",
            fontSize=8.5,
            leading=11.5,
            leftIndent=9 * min(line.depth - 1, 6) if indented and line.depth else 0,
        )
        people = self.env._("%s people", line.headcount)
        return [
            [
                Paragraph(escape(line.label), name),
                Paragraph(
                    escape(people), name.clone("uptake_of", textColor=paper.SOFT)
                ),
            ],
            self._bar(line),
            self._pair(line.people, line.people_range),
            self._pair(line.share, line.verdict, VERDICTS.get(line.verdict_code)),
        ]

    def _pair(self, first, second, style=None):
        pair = [Paragraph(escape(first), STRONG_CELL)]
        if second:
            pair.append(Paragraph(escape(second), style or SOFT_CELL))
        return pair

    def trends(self, trends):
        """Add a small chart for each group, side by side."""
        self.on_scale_of([line for trend in trends for line in trend.lines])
        charts = [self._trend(trend) for trend in trends]
        width = WIDTH / TREND_COLUMNS
        for start in range(0, len(charts), TREND_COLUMNS):
            row = charts[start : start + TREND_COLUMNS]
            row += [""] * (TREND_COLUMNS - len(row))
            table = Table([row], colWidths=[width] * TREND_COLUMNS, style=SIDE_BY_SIDE)
            table.hAlign = "LEFT"
            self._parts.append(table)

    def _trend(self, trend):
        width = WIDTH / TREND_COLUMNS - 14
        rows = [["", self._axis(), ""]]
        rows += [
            [
                Paragraph(escape(line.moment), SOFT_CELL),
                self._bar(line),
                Paragraph(escape(line.share), SOFT_CELL),
            ]
            for line in trend.lines
        ]
        table = Table(
            rows,
            colWidths=[width * 0.32, width * 0.33, width * 0.35],
            style=TableStyle(CLOSE_ROWS),
        )
        table.hAlign = "LEFT"
        chart = [Paragraph(escape(trend.label), SMALL_HEADING), table]
        if trend.together:
            chart.append(Paragraph(escape(trend.together), SOFT_CELL))
        return chart

    def _bar(self, line):
        return Range(line, self.scale, self.benchmark)

    def _axis(self):
        ends = [
            Paragraph("0%", HEAD),
            Paragraph(f'<para align="right">{self.scale}%</para>', HEAD),
        ]
        table = Table([ends], colWidths=["50%", "50%"])
        table.setStyle(TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0)] + PLAIN))
        return table


PLAIN = [
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]
