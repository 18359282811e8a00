"""The code for after leaving: made on the own page, used without an account."""

import base64
import io
import time
from collections import OrderedDict
from threading import Lock

import qrcode

from odoo import http
from odoo.http import request

from ..casework import EmployeeDoor, deleting, followup
from ..casework import constants as c
from ..casework.errors import CaseworkError, NotYours
from ..casework.later import LaterDoor
from ..vault.grouped import GROUP
from .common import Done, carry_out, free_number, guarded, repeat_of, show
from .employee import FILE, EmployeePages
from .forms import Form
from .own_data import certificate_file, file_of, show_certificate
from .own_key import with_own_key

LATER = "/focus/later"
LATER_DATA = "/focus/later/data"
LATER_CERTIFICATE = "/focus/later/certificate"
MAKE = "/my/focus/file/<string:ref>/later"

#: Wrong codes that one address may type within the window, in each worker.
TRIES = 20
WINDOW = 15 * 60
#: Addresses that are remembered at most.
REMEMBERED = 10_000


class Brake:
    """Counts wrong codes per network address, in the memory of this process.

    A code has 160 random bits, so this is not what keeps it from being guessed; it
    keeps whoever tries from keeping the server busy. Nothing of it is stored.
    """

    def __init__(self):
        self._lock = Lock()
        self._known = OrderedDict()

    def is_on(self, address):
        """Tell whether ``address`` has to wait."""
        with self._lock:
            since, tries = self._known.get(address, (0, 0))
            return tries >= TRIES and time.monotonic() - since < WINDOW

    def count(self, address):
        """Count one wrong code."""
        with self._lock:
            since, tries = self._known.pop(address, (0, 0))
            if not tries or time.monotonic() - since >= WINDOW:
                since, tries = time.monotonic(), 0
            self._known[address] = (since, tries + 1)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)

    def forget(self):
        """Forget every address."""
        with self._lock:
            self._known.clear()


brake = Brake()


class LaterCode(http.Controller):
    """Making and ending the code, on the own page."""

    @http.route(MAKE, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def change(self, ref, **post):
        case = with_own_key(EmployeeDoor(request.env)).case(ref)
        path = FILE % ref
        if post.get("do") == "make_code" and not repeat_of(post.get("once")):
            return show_code(followup.make(case), path)

        def again(**problem):
            return EmployeePages()._show_file(case, **problem)

        return carry_out({"stop_code": _stop}, case, post, path, again)


def _stop(case, form):
    followup.stop(case)
    return Done(form.env._("The code does not work any more."), "later")


def show_code(code, back):
    """Show a new code once: it is kept nowhere."""
    address = request.httprequest.host_url.rstrip("/") + LATER
    return show(
        "hr_career_focus.page_later_code",
        back,
        {
            "code": code,
            "address": address,
            "picture": qr_picture(f"{address}#{code}"),
            "back": back,
        },
    )


def qr_picture(text):
    """Return a QR code as the address of a picture, made in memory."""
    stream = io.BytesIO()
    qrcode.make(text, box_size=6, border=3).save(stream, format="PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()


class LaterPages(http.Controller):
    """The page without an account. The code travels in the body of a form only."""

    @http.route(LATER, type="http", auth="public", website=True, methods=["GET"])
    @guarded
    def ask(self, **kwargs):
        return show_ask()

    @http.route(LATER, type="http", auth="public", website=True, methods=["POST"])
    @guarded
    def open(self, **post):
        door = open_door(post)
        if isinstance(door, http.Response):
            return door
        act = ACTS.get(post.get("do", ""))
        if act is None:
            return show_later(door, post)
        return act(door, post)

    @http.route(LATER_DATA, type="http", auth="public", website=True, methods=["POST"])
    @guarded
    def data(self, **post):
        door = open_door(post)
        if isinstance(door, http.Response):
            return door
        return file_of(door.case, post)

    @http.route(
        LATER_CERTIFICATE, type="http", auth="public", website=True, methods=["POST"]
    )
    @guarded
    def certificate(self, **post):
        return certificate_file(post)


def open_door(post):
    """Return the door of the typed code, or the answer to every other text."""
    address = request.httprequest.remote_addr
    if brake.is_on(address):
        return show_ask(is_braked=True, status=429)
    try:
        return LaterDoor(request.env, post.get("code"))
    except NotYours:
        brake.count(address)
        return show_ask(is_wrong=True, status=404)


def show_ask(status=200, **values):
    """Ask for the code."""
    page = {"is_wrong": False, "is_braked": False, "group": GROUP, **values}
    return show("hr_career_focus.page_later", LATER, page, status=status)


def show_later(door, post, status=200, said="", **problem):
    """Show what somebody with the code can do."""
    case = door.case
    page = {
        "view": case.view,
        "told": case.outcomes,
        "code": post.get("code"),
        "ticked": request.httprequest.form.getlist("outcome"),
        "can_delete": case.can_delete,
    }
    if said:
        page["flash"] = said
    return show(
        "hr_career_focus.page_later_open", LATER, page, status=status, **problem
    )


def _act(do):
    """Make an act of a form: done once, answered on the same page."""

    def act(door, post):
        once = post.get("once")
        if repeat_of(once):
            text = request.env._("This was sent before. Nothing was done twice.")
            return show_later(door, post, said=text)
        form = Form(request.env, post, request.httprequest.form)
        try:
            with request.env.cr.savepoint():
                return do(door, form, post)
        except CaseworkError as error:
            free_number(once)
            anchor = f"form-{post['do']}"
            return show_later(
                door, post, 422, error=str(error), error_anchor=anchor, typed=post
            )

    return act


@_act
def _tell(door, form, post):
    outcomes = form.choices("outcome", [code for code, _label in c.OUTCOMES])
    door.case.tell(outcomes, form.text("text", form.env._("In your own words")))
    return show_later(door, post, said=form.env._("Saved. Only you can read it."))


@_act
def _withdraw(door, form, post):
    form.require_yes()
    door.case.withdraw()
    return show_later(
        door, post, said=form.env._("You have stopped. Nobody asks you why.")
    )


@_act
def _delete(door, form, post):
    form.require_yes()
    return show_certificate(deleting.delete(door.case), LATER, LATER_CERTIFICATE)


ACTS = {"tell": _tell, "withdraw": _withdraw, "delete": _delete}
