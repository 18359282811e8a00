"""Odoo had nothing to complain of while it installed the addons."""

import os
from pathlib import Path

from stack.odoo_job import complaints


def test_addons_install_without_a_warning():
    log = Path(os.environ["CAREER_FOCUS_INSTALL_LOG"])
    assert "hr_career_focus" in log.read_text()
    assert complaints(log.read_text()) == []


def test_a_warning_would_be_seen():
    line = "2026-01-02 03:04:05,006 12 WARNING db odoo.modules: something"
    assert complaints(f"first\n{line}\nlast") == [line]
