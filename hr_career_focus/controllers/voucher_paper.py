"""A voucher on paper: one page, with a picture to scan and a code to type."""

import qrcode
from qrcode.constants import ERROR_CORRECT_Q
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from .paper import MARGIN, Paper
from .wording import Say

#: Width of the picture, with the white border that readers need.
PICTURE = 78 * mm
QUIET = 4


def voucher_pdf(env, voucher, address) -> bytes:
    """Return a voucher as a PDF, in the language of ``env``.

    :param voucher: :class:`~..casework.case_vouchers.OwnVoucher`, with its code
    :param address: where a coach redeems it
    """

    def page_of(page, pages):
        return env._("Page %(page)s of %(pages)s", page=page, pages=pages)

    paper = Paper(env._("Voucher"), page_of, (env.lang or "en").replace("_", "-"))
    for sentence in sentences(env, voucher, address):
        paper.text(sentence)
    paper.picture(drawing_of(f"{address}#{voucher.code}"))
    paper.code(voucher.shown)
    paper.facts(
        [
            (env._("Where to redeem it"), address),
            (env._("Worth when printed"), voucher.left),
            (env._("Valid until"), Say(env).day(voucher.expires)),
            (
                env._("Who can redeem it"),
                env._("One coach or several, each a part of it.")
                if voucher.splits
                else env._("One coach, at once or in parts."),
            ),
        ]
    )
    paper.gap()
    paper.text(
        env._(
            "There is no name on this page. Whoever has the code can use it, so keep "
            "it as you keep money. Lost it? On your own page you can end it, and once "
            "make a new one for what is left."
        ),
        soft=True,
    )
    return paper.to_bytes()


def sentences(env, voucher, address):
    """Return what it is, how it is used, and who learns what: a sentence each."""
    return [
        env._(
            "This voucher pays a coach for career guidance, up to the value below; "
            "your employer pays."
        ),
        env._(
            "Give it to your coach, who scans the picture or types the code at "
            "%(address)s, once or in parts, until %(day)s.",
            address=address,
            day=Say(env).day(voucher.expires),
        ),
        env._(
            "Your coach sees what it is still worth and until when; finance pays what "
            "your coach redeemed in a period as one sum, without names or days, and "
            "does not see whose vouchers were in it."
        ),
    ]


def drawing_of(text):
    """Return a QR code as a drawing of lines, sharp at any size."""
    code = qrcode.QRCode(border=QUIET, error_correction=ERROR_CORRECT_Q)
    code.add_data(text)
    matrix = code.get_matrix()
    step = PICTURE / len(matrix)
    width = A4[0] - 2 * MARGIN - 12
    drawing = Drawing(width, PICTURE)
    left = (width - PICTURE) / 2
    drawing.add(Rect(left, 0, PICTURE, PICTURE, fillColor=white, strokeColor=None))
    for row, line in enumerate(matrix):
        for start, length in _runs(line):
            drawing.add(
                Rect(
                    left + start * step,
                    PICTURE - (row + 1) * step,
                    length * step,
                    step,
                    fillColor=black,
                    strokeColor=None,
                )
            )
    return drawing


def _runs(line):
    """Return where the dark parts of a line begin, and how long they are.

    >>> list(_runs([False, True, True, False, True]))
    [(1, 2), (4, 1)]
    """
    start = None
    for at, dark in enumerate([*line, False]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            yield start, at - start
            start = None
