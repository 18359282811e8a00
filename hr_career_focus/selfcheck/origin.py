"""Where a record comes from: the addon that ships it, or somebody in this database."""

import csv
import re
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tools import SQL

SYSTEM = 1
OURS = "hr_career_focus"
#: Prefixes of external names that no addon's files give.
MADE_HERE = ("__export__", "__import__", "__custom__", "studio_customization")


def ours(module) -> bool:
    """Whether an addon is part of this product."""
    return module == OURS or module.startswith(f"{OURS}_")


class Origins:
    """External names of records, read in one query for each model."""

    def __init__(self, env):
        self.env = env
        self._known = {}

    def of(self, model, record_id):
        """Return (module, name), or empty strings for what was made here."""
        if model not in self._known:
            rows = self.env.execute_query(
                SQL(
                    "SELECT res_id, module, name FROM ir_model_data"
                    " WHERE model = %s ORDER BY id DESC",
                    model,
                )
            )
            self._known[model] = {
                number: (module, name)
                for number, module, name in rows
                if module not in MADE_HERE
            }
        return self._known[model].get(record_id, ("", ""))

    def label(self, model, record_id, name=""):
        """Return the external name, or the number and what it is called."""
        module, external = self.of(model, record_id)
        if external:
            return f"{module}.{external}"
        return f"#{record_id} {name}".strip()

    def piece(self, model, row):
        """Return what a piece keeps of where ``row`` (a dict) comes from."""
        module, name = self.of(model, row["id"])
        return {
            "module": module,
            "name": name,
            "by_system": {row["create_uid"], row["write_uid"]} <= {SYSTEM, None},
        }


class Shipped:
    """Tells whether the files of an addon on disk name a record. Reads when asked."""

    def __init__(self):
        self._names = {}

    def __call__(self, module, name):
        if module not in self._names:
            self._names[module] = _names_in(module)
        names = self._names[module]
        # a job's action has a name that Odoo makes from the job's
        return name.removesuffix("_ir_actions_server") in names


def _names_in(module):
    """Return the record names an addon's files give."""
    found = set()
    path = get_module_path(module, display_warning=False)
    if not path:
        return found
    for file in sorted(Path(path).rglob("*.xml")):
        if "static" not in file.parts:
            found |= set(
                re.findall(r"""\bid=["']([\w.]+)["']""", file.read_text("utf-8"))
            )
    for file in sorted(Path(path).rglob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            found |= {row[0] for row in csv.reader(stream) if row}
    # a name may carry its own addon: id="module.name"
    return {name.removeprefix(f"{module}.") for name in found}
