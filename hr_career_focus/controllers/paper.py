"""Paper: a quiet A4 document, made in memory alone.

Drawn with reportlab, which Odoo brings along. Odoo's own way to a PDF writes the text
to temporary files for another program, and so does that program when it is fed through
a pipe; a text of the vault may not be on a disk in the clear.
"""

import functools
import io
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from odoo.tools.misc import file_path

#: Odoo's own copy of Open Sans: Latin, Greek, Cyrillic and Hebrew letters.
FONTS = {
    "Focus": "web/static/fonts/google/Open_Sans/Open_Sans-Regular.ttf",
    "Focus-Bold": "web/static/fonts/google/Open_Sans/Open_Sans-Bold.ttf",
}
INK = HexColor("#1f2937")
SOFT = HexColor("#5b6472")
LINE = HexColor("#d5dae1")
MARGIN = 20 * mm
#: Room for what is on a page; the frame around it keeps 6 points on each side.
WIDTH = A4[0] - 2 * MARGIN - 12
LABEL_WIDTH = 48 * mm


class Paper:
    """One document: add headings, facts and texts, then take the bytes."""

    #: Whether the same content gives the same bytes: no moment of making, no number
    #: drawn for the file.
    _repeatable = False

    def __init__(self, title, page_of, lang="en"):
        """
        :param title: heading of the document, also kept as its title
        :param page_of: function(page, pages) -> the sentence at the foot of a page
        """
        self._title = title
        self._page_of = page_of
        self._lang = lang
        _register_fonts()
        self._parts = [Paragraph(escape(title), TITLE)]

    def text(self, text, soft=False):
        """Add a text; its lines stay lines."""
        style = SMALL if soft else BODY
        for block in str(text).replace("\r", "").split("\n\n"):
            if block.strip():
                lines = escape(block.strip("\n")).replace("\n", "<br/>")
                self._parts.append(Paragraph(lines, style))

    def heading(self, text):
        """Begin a part."""
        self._parts.append(Paragraph(escape(text), HEADING))

    def facts(self, pairs):
        """Add a table of names and values; what is empty is left out."""
        rows = [
            [Paragraph(escape(name), SMALL), Paragraph(escape(str(value)), BODY)]
            for name, value in pairs
            if value not in (None, "", False)
        ]
        if rows:
            widths = [LABEL_WIDTH, WIDTH - LABEL_WIDTH]
            table = Table(rows, colWidths=widths, style=FACTS)
            table.hAlign = "LEFT"
            self._parts.append(table)

    def entry(self, heading, below, fields):
        """Add one entry: its heading, a small line and its named texts."""
        first = [Paragraph(escape(heading), ENTRY), Paragraph(escape(below), SMALL)]
        rest = []
        for name, value in fields:
            if not value:
                continue
            if name:
                rest.append(Paragraph(escape(name), LABEL))
            for block in str(value).replace("\r", "").split("\n\n"):
                lines = escape(block.strip("\n")).replace("\n", "<br/>")
                rest.append(Paragraph(lines, BODY))
        self._parts.append(KeepTogether([*first, *rest[:2]]))
        self._parts += [*rest[2:], Spacer(1, 2 * mm)]

    def picture(self, drawing):
        """Add a drawing of reportlab."""
        self._parts.append(drawing)

    def gap(self):
        """Leave some room."""
        self._parts.append(Spacer(1, 4 * mm))

    def code(self, text):
        """Add a code that people type, large and in the middle."""
        self._parts.append(Paragraph(escape(text), CODE))

    def to_bytes(self) -> bytes:
        """Return the PDF."""
        stream = io.BytesIO()
        document = SimpleDocTemplate(
            stream,
            pagesize=A4,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=MARGIN + 6 * mm,
            title=self._title,
            author="",
            creator="",
            producer="",
            lang=self._lang,
            invariant=self._repeatable,
        )
        canvas = functools.partial(_NumberedCanvas, foot=self._page_of)
        document.build(self._parts, canvasmaker=canvas)
        return stream.getvalue()


class _NumberedCanvas(Canvas):
    """Draws the foot of each page when it is known how many pages there are.

    :param foot: function(page, of how many) that gives the sentence
    """

    def __init__(self, *args, foot, **kwargs):
        super().__init__(*args, **kwargs)
        self._foot = foot
        self._pages = []

    def showPage(self):
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self):  # pylint: disable=missing-return
        total = len(self._pages)
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self.setFont("Focus", 8)
            self.setFillColor(SOFT)
            self.drawRightString(A4[0] - MARGIN, 12 * mm, self._foot(number, total))
            # Their own end of a page, now that the foot is on it.
            super().showPage()  # pylint: disable=super-method-mismatch
        super().save()


def _register_fonts():
    for name, path in FONTS.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, file_path(path)))


def _style(name, **values):
    base = {"fontName": "Focus", "fontSize": 10, "leading": 14.5, "textColor": INK}
    return ParagraphStyle(name, **{**base, **values})


TITLE = _style("t", fontName="Focus-Bold", fontSize=20, leading=25, spaceAfter=8)
HEADING = _style(
    "h",
    fontName="Focus-Bold",
    fontSize=13,
    leading=18,
    spaceBefore=14,
    spaceAfter=5,
    keepWithNext=1,
)
ENTRY = _style("e", fontName="Focus-Bold", spaceBefore=6)
LABEL = _style(
    "l", fontSize=8.5, leading=12, textColor=SOFT, spaceBefore=3, keepWithNext=1
)
BODY = _style("b", spaceAfter=3)
CODE = _style(
    "c",
    fontName="Courier-Bold",
    fontSize=17,
    leading=24,
    alignment=TA_CENTER,
    spaceBefore=6,
    spaceAfter=14,
)
SMALL = _style("s", fontSize=8.5, leading=12.5, textColor=SOFT, spaceAfter=3)
FACTS = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
    ]
)
