"""The self-check on paper: what was found, the matrix, and the digest to compare."""

from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.platypus import Paragraph, Spacer, Table, TableStyle

from ..selfcheck.report import FAILED, LEAK, OPEN, state_name
from . import paper, wording
from .paper import WIDTH, Paper

MARKS = {LEAK: HexColor("#b42318"), FAILED: HexColor("#b42318"), OPEN: paper.INK}
CELL = paper._style("cell", fontSize=7.5, leading=10)
HEAD = paper._style("head", fontSize=7.5, leading=10, textColor=paper.SOFT)
GRID = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, paper.LINE),
    ]
)


class CheckPaper(Paper):
    """A paper with a table in it."""

    def grid(self, head, rows, first):
        """Add a table whose heading is repeated on each page.

        :param first: part of the width that the first column takes
        """
        rest = WIDTH * (1 - first) / (len(head) - 1)
        body = [[Paragraph(escape(text), HEAD) for text in head]]
        body += [
            [
                cell if hasattr(cell, "wrap") else Paragraph(escape(cell), CELL)
                for cell in row
            ]
            for row in rows
        ]
        widths = [WIDTH * first, *[rest] * (len(head) - 1)]
        table = Table(body, colWidths=widths, style=GRID, repeatRows=1)
        table.hAlign = "LEFT"
        self._parts += [table, Spacer(1, 6)]


def check_pdf(env, report, accepted):
    """Return the PDF of a run."""
    say = wording.Say(env)
    sheet = CheckPaper(
        env._("Check of Career Focus"),
        lambda page, pages: env._("Page %(page)s of %(pages)s", page=page, pages=pages),
        (env.lang or "en_US").replace("_", "-"),
    )
    past = report.past
    sheet.facts(
        [
            (env._("Company"), env.company.name),
            (env._("Checked on"), say.moment(past.moment)),
            (env._("By"), past.author),
            (env._("Findings"), past.findings or env._("None")),
            (env._("To know"), past.advice or env._("None")),
            (env._("Tries"), report.tried),
            (env._("Digest"), past.digest),
        ]
    )
    sheet.text(
        env._(
            "The digest stands for everything on these pages and for everything that "
            "was looked at. The same database gives the same digest. Keep this paper: "
            "what is printed cannot be changed afterwards."
        ),
        soft=True,
    )
    _findings(sheet, env._("What was found"), report.findings)
    if not report.findings:
        sheet.heading(env._("What was found"))
        sheet.text(env._("Nothing. The wall stands as it was agreed."))
    _findings(sheet, env._("To know"), report.advice)
    sheet.heading(env._("Who gets at what"))
    sheet.text(
        env._(
            "A made-up case was tried as every role. “Own case” means: this role is "
            "meant to, and could. Everything else must be closed."
        ),
        soft=True,
    )
    sheet.grid(
        [env._("Role"), *report.columns],
        [
            [line.role, *(_spot(env, spot) for spot in line.spots)]
            for line in report.lines
        ],
        0.22,
    )
    if accepted:
        sheet.heading(env._("What was accepted before"))
        sheet.grid(
            [env._("When"), env._("By"), env._("Why")],
            [[say.moment(one.moment), one.author, one.note] for one in accepted],
            0.25,
        )
    return sheet.to_bytes()


def _findings(sheet, title, said):
    if said:
        sheet.heading(title)
        for one in said:
            sheet.entry(f"{one.label}: {one.where}", one.what, [("", one.do)])


def _spot(env, spot):
    text = escape(state_name(env, spot.state))
    colour = MARKS.get(spot.state)
    if colour:
        text = (
            f'<font color="{colour.hexval().replace("0x", "#")}"><b>{text}</b></font>'
        )
    return Paragraph(text, CELL)
