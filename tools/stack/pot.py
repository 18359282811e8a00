"""Keeps the translation templates (.pot) in step with the code."""

import difflib
import re

from .layout import EVERY, GLUE, ROOT
from .odoo_job import run_odoo
from .templates import Templates

#: Header lines that differ at each export.
DATES = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date):.*\n', re.MULTILINE)


def without_dates(text):
    """The template less what changes at every export.

    >>> without_dates('"POT-Creation-Date: today\\\\n"\\n"Language: x"\\n')
    '"Language: x"\\n'
    """
    return DATES.sub("", text)


def template_path(addon):
    """Where the template of an addon is kept."""
    return ROOT / addon / "i18n" / f"{addon}.pot"


def export(settings, addon):
    """The template as Odoo writes it now."""
    templates = Templates(settings)
    database = templates.neighbours if addon in GLUE else templates.full
    target = settings.layout / "tmp" / f"{addon}.pot"
    run_odoo(
        settings,
        "i18n",
        *("export", "-d", database, "-o", target, addon),
        what=f"Exporting the terms of {addon}",
        log=settings.layout.log_dir / f"pot-{addon}.log",
    )
    return target.read_text(encoding="utf-8")


def differences(settings):
    """What differs between the kept templates and the code, as lines of a diff."""
    found = []
    for addon in EVERY:
        path = template_path(addon)
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        found += difflib.unified_diff(
            without_dates(kept).splitlines(),
            without_dates(export(settings, addon)).splitlines(),
            str(path.relative_to(ROOT)),
            "as exported now (make pot)",
            lineterm="",
            n=1,
        )
    return found


def write_templates(settings, say):
    """Write the templates that differ; returns a few words."""
    exported = {}
    for addon in EVERY:
        say(addon)
        exported[addon] = export(settings, addon)
    # Only now: the database to export from is named after all that the addons hold.
    written = []
    for addon, fresh in exported.items():
        path = template_path(addon)
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        if without_dates(kept) != without_dates(fresh):
            path.parent.mkdir(exist_ok=True)
            path.write_text(fresh, encoding="utf-8")
            written.append(str(path.relative_to(ROOT)))
    return f"written: {', '.join(written)}" if written else "nothing changed"
