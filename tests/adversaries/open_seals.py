"""Sealing switched off, to prove that the searches for words would find them."""

import base64
from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.hr_career_focus.vault import sealing

MARK = "NOT-SEALED:"
_open_sealed = sealing.open_sealed


def keep_plain(key, data, where):
    """Stand in for ``sealing.seal``: texts stay as they are, keys become base64."""
    try:
        return MARK + data.decode("utf-8")
    except UnicodeDecodeError:
        return MARK + "base64:" + base64.b64encode(data).decode()


def read_plain(key, text, where):
    """Stand in for ``sealing.open_sealed``; what was sealed before still opens."""
    if not text.startswith(MARK):
        return _open_sealed(key, text, where)
    plain = text[len(MARK) :]
    if plain.startswith("base64:"):
        return base64.b64decode(plain[len("base64:") :])
    return plain.encode()


@contextmanager
def without_sealing():
    """Let everything be written as plain text for the block."""
    with (
        patch.object(sealing, "seal", keep_plain),
        patch.object(sealing, "open_sealed", read_plain),
    ):
        yield
