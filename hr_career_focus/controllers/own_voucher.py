"""The employee's own vouchers: making, showing, printing and ending them.

Everything goes by POST to the address of the case, and nothing of it is in an address:
the picture leads to the page for coaches with the code behind a ``#``, which browsers
send to nobody.
"""

import base64
import io

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

from odoo.http import request

from ..casework.errors import CaseworkError
from .common import Done, show
from .files import PDF, attachment
from .voucher_paper import voucher_pdf

#: Where a coach redeems it.
REDEEM = "/focus/redeem"
ANCHOR = "vouchers"


def shown_voucher(case, post, path, again):
    """Answer what is no act: a voucher on the screen or on paper; None for the rest."""
    do = post.get("do")
    if do not in SHOWN:
        return None
    try:
        voucher = case.voucher(post.get("entry") or "")
    except CaseworkError as error:
        return again(error=str(error), error_anchor=ANCHOR, typed=post, status=422)
    return SHOWN[do](voucher, path)


def _on_screen(voucher, path):
    address = redeem_address()
    return show(
        "hr_career_focus.page_voucher",
        path,
        {
            "voucher": voucher,
            "address": address,
            "picture": picture_of(f"{address}#{voucher.code}"),
            "back": path,
        },
    )


def _on_paper(voucher, _path):
    content = voucher_pdf(request.env, voucher, redeem_address())
    return attachment(content, PDF, "voucher.pdf")


SHOWN = {"voucher_show": _on_screen, "voucher_paper": _on_paper}


def redeem_address():
    """Return the address a coach types, who may stand outside the house.

    That of this visit, unless somebody has fixed the one that counts everywhere.
    """
    parameters = request.env["ir.config_parameter"].sudo()
    fixed = parameters.get_param("web.base.url.freeze")
    host = parameters.get_param("web.base.url") if fixed else ""
    return (host or request.httprequest.host_url).rstrip("/") + REDEEM


def picture_of(text):
    """Return a QR code as the address of a picture, made in memory."""
    stream = io.BytesIO()
    drawn = qrcode.make(text, box_size=8, border=4, error_correction=ERROR_CORRECT_Q)
    drawn.save(stream, format="PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()


def _make(case, form):
    case.make_voucher(form.line("quantity", form.env._("How much")))
    return Done(
        form.env._("Your voucher is made. Show it to your coach, or print it."), ANCHOR
    )


def _end(case, form):
    form.require_yes()
    case.end_voucher(form.entry())
    return Done(
        form.env._("The voucher has ended. What was left of it is yours again."), ANCHOR
    )


def _renew(case, form):
    form.require_yes()
    case.renew_voucher(form.entry())
    return Done(
        form.env._("You have a new voucher. The old code does not work any more."),
        ANCHOR,
    )


VOUCHER_ACTS = {
    "voucher_make": _make,
    "voucher_end": _end,
    "voucher_renew": _renew,
}
