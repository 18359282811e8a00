"""Somebody's own key between two pages: half of it here, half in the browser.

The session keeps the private key sealed under a secret that only a cookie holds, mixed
with a secret of the key file. So neither the session's file, nor the cookie, nor both
without the server, opens anything. It ends after half an hour without a page.
"""

import time

from odoo.http import request

from ..casework import personal

SESSION_KEY = "focus_key"
COOKIE = "focus_key"
#: Seconds without a page of ours after which the key is locked again.
IDLE = 30 * 60
#: So often, at most, the session is written to keep the key open.
TOUCH = 60


def keep_unlocked(door):
    """Keep the door's unlocked key for the next pages; forget it when there is none."""
    if door.unlocked is None:
        forget_unlocked()
        return
    half, kept = personal.halve(door.env.uid, door.unlocked)
    request.session[SESSION_KEY] = {
        "user": door.env.uid,
        "half": kept,
        "at": int(time.time()),
    }
    _set_cookie(half)


def forget_unlocked():
    """Lock: forget both halves."""
    request.session.pop(SESSION_KEY, None)
    _set_cookie("", max_age=0)


def with_own_key(door):
    """Give the door the own key, if it is unlocked; return the door."""
    kept = request.session.get(SESSION_KEY)
    if not kept:
        return door
    now = int(time.time())
    if kept["user"] != door.env.uid or not 0 <= now - kept["at"] <= IDLE:
        forget_unlocked()
        return door
    half = request.httprequest.cookies.get(COOKIE)
    if half:
        door.unlocked = personal.rejoin(door.env.uid, half, kept["half"])
    if door.unlocked and now - kept["at"] > TOUCH:
        request.session[SESSION_KEY] = {**kept, "at": now}
    return door


def _set_cookie(value, max_age=None):
    request.future_response.set_cookie(
        COOKIE,
        value,
        max_age=max_age,
        expires=None,
        httponly=True,
        samesite="Strict",
        secure=request.httprequest.scheme == "https",
    )
