"""Keeps databases to copy from, so that a test run starts within a second.

Two levels: a *base* with Odoo's own modules, and a *full* one with the addons. And the
same two with *neighbours*: modules the addons do not need, but which sit beside them in
the databases of customers, and which an outsider could use to look over the wall.
All carry the digest of what they were made from in their names.
"""

import ast

from .layout import ADDONS, EVERY, ROOT
from .odoo_job import install, run_odoo
from .settings import LANGUAGES, addon_list
from .stamps import Stamp, digest, tree_digest
from .venv import lock_file

#: Parts of an addon that do not change what is in a database.
NOT_STORED = ("tests", "controllers", "readme", "static/src", "static/description")
#: What is installed beside the addons for the adversaries: the modules through which
#: the threat model was tried (leave, mail, calendar, automation, import, privacy...).
NEIGHBOURS = (
    "account",
    "api_doc",
    "auth_oauth",
    "auth_totp_mail",
    "base_automation",
    "base_import",
    "board",
    "contacts",
    "data_recycle",
    "hr_attendance",
    "hr_expense",
    "hr_holidays",
    "hr_recruitment",
    "mass_mailing",
    "privacy_lookup",
    "project_todo",
    "rpc",
    "spreadsheet_dashboard",
)
KEPT = 3
BUNDLES_SCRIPT = ROOT / "tools" / "shell" / "bundles.py"


def manifest(addon):
    """The manifest of one of our addons."""
    path = ROOT / addon / "__manifest__.py"
    return ast.literal_eval(path.read_text(encoding="utf-8"))


def core_dependencies():
    """Modules of Odoo that our addons depend on."""
    depends = {name for addon in ADDONS for name in manifest(addon)["depends"]}
    return sorted(depends - set(ADDONS))


class Templates:
    """The template databases on one server."""

    def __init__(self, settings):
        self.settings = settings
        self.layout = settings.layout
        self.server = settings.cluster.server
        self.data_dir = settings.data_dir
        self.prefix = f"cf_{self.layout.tag}"

    @property
    def base(self):
        """Name of the database with Odoo's modules."""
        value = digest(
            lock_file("odoo"),
            self.settings.tree.label,
            repr((core_dependencies(), LANGUAGES)),
        )
        return f"{self.prefix}_base_{value}"

    @property
    def full(self):
        """Name of the database with the addons."""
        contents = [tree_digest(ROOT / addon, NOT_STORED) for addon in ADDONS]
        value = digest(self.base, BUNDLES_SCRIPT, *contents)
        return f"{self.prefix}_full_{value}"

    @property
    def neighbours_base(self):
        """Name of the database with Odoo's modules and the neighbours."""
        return f"{self.prefix}_nbase_{digest(self.base, repr(NEIGHBOURS))}"

    @property
    def neighbours(self):
        """Name of the database with the addons among their neighbours."""
        contents = [tree_digest(ROOT / addon, NOT_STORED) for addon in EVERY]
        return f"{self.prefix}_nfull_{digest(self.neighbours_base, *contents)}"

    @property
    def test(self):
        """Name of the database that a test run may change."""
        return f"{self.prefix}_test"

    @property
    def bench(self):
        """Name of the database that a benchmark fills."""
        return f"{self.prefix}_bench"

    @property
    def install_log(self):
        """What Odoo said while it installed the addons."""
        return self.layout.log_dir / f"{self.full}.log"

    def ensure(self, say):
        """Have both templates; returns a few words."""
        if self._there(self.full):
            words = "ready"
        else:
            self._make_base(say)
            self._make_full(say)
            words = "made"
        self._touch(self.full)
        self._touch(self.base)
        self._tidy()
        return words

    def ensure_neighbours(self, say):
        """Have the template with the neighbours; returns a few words."""
        if self._there(self.neighbours):
            words = "ready"
        else:
            self._make_base(say)
            self._make_neighbours_base(say)
            self._make_neighbours(say)
            words = "made"
        self._touch(self.neighbours)
        self._touch(self.neighbours_base)
        self._tidy()
        return words

    def clone(self, name, template=None):
        """Make ``name`` a fresh copy of a template, the full one unless another."""
        self.server.drop(name, self.data_dir)
        self.server.copy(template or self.full, name, self.data_dir)
        return name

    def _make_base(self, say):
        if self._there(self.base):
            return
        say("installing Odoo's own modules")
        fresh = self._fresh(self.base)
        install(
            self.settings,
            fresh,
            ",".join(core_dependencies()),
            what="Installing Odoo's own modules",
            log=self.layout.log_dir / f"{self.base}.log",
            say=say,
            options=(f"--load-language={','.join(LANGUAGES)}",),
        )
        self._finish(fresh, self.base)

    def _make_full(self, say):
        say("installing the addons")
        fresh = self._fresh(self.full)
        self.server.copy(self.base, fresh, self.data_dir)
        install(
            self.settings,
            fresh,
            addon_list(),
            what="Installing the addons",
            log=self.install_log,
            say=say,
        )
        say("making the bundles of the web pages")
        make_bundles(self.settings, fresh)
        self._finish(fresh, self.full)

    def _make_neighbours_base(self, say):
        if self._there(self.neighbours_base):
            return
        say("installing the neighbours")
        fresh = self._fresh(self.neighbours_base)
        self.server.copy(self.base, fresh, self.data_dir)
        install(
            self.settings,
            fresh,
            ",".join(NEIGHBOURS),
            what="Installing the neighbours",
            log=self.layout.log_dir / f"{self.neighbours_base}.log",
            say=say,
        )
        self._finish(fresh, self.neighbours_base)

    def _make_neighbours(self, say):
        say("installing the addons among their neighbours")
        fresh = self._fresh(self.neighbours)
        self.server.copy(self.neighbours_base, fresh, self.data_dir)
        install(
            self.settings,
            fresh,
            addon_list(),
            what="Installing the addons among their neighbours",
            log=self.layout.log_dir / f"{self.neighbours}.log",
            say=say,
        )
        self._finish(fresh, self.neighbours)

    def _there(self, name):
        return Stamp(self.layout, name).value == name and name in (
            self.server.databases()
        )

    def _fresh(self, name):
        fresh = f"{name}_new"
        for old in (fresh, name):
            self.server.drop(old, self.data_dir)
        return fresh

    def _finish(self, fresh, name):
        self.server.rename(fresh, name, self.data_dir)
        self._touch(name)

    def _touch(self, name):
        Stamp(self.layout, name).record(name)

    def _tidy(self):
        """Keep the newest templates; they are some 40 MB each."""
        for level in ("base", "full", "nbase", "nfull"):
            stamps = (self.layout / "stamps").glob(f"{self.prefix}_{level}_*")
            newest = sorted(stamps, key=lambda path: path.stat().st_mtime)
            for old in newest[:-KEPT]:
                self.server.drop(old.name, self.data_dir)
                (self.layout.log_dir / f"{old.name}.log").unlink(missing_ok=True)
                old.unlink()


def make_bundles(settings, database):
    """Make the scripts and styles of the web pages, so that no page waits for them."""
    run_odoo(
        settings,
        "shell",
        *("-d", database, "--no-http", "--log-level=warn"),
        what="Making the bundles of the web pages",
        log=settings.layout.log_dir / "bundles.log",
        script=BUNDLES_SCRIPT,
    )
