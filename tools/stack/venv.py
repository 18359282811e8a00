"""Makes the Python environments from the locked, hashed requirements."""

import importlib.util
import shutil
import sys

from . import debian
from .errors import StackError
from .layout import ROOT
from .process import run
from .stamps import Stamp, digest, need_space

REQUIREMENTS = ROOT / "requirements"
#: Lists of packages, each a superset of the one before it.
LEVELS = ("odoo", "test")
ALIAS = "psycopg2"
BINARY = "psycopg2-binary"


def lock_file(name):
    """The locked requirements called ``name``."""
    return REQUIREMENTS / f"{name}.txt"


class Environment:
    """A virtual environment with exactly the packages of one lock file."""

    def __init__(self, layout, name, level):
        self.layout = layout
        self.folder = layout / name
        self.level = level
        self.python = self.folder / "bin" / "python"
        self.stamp = Stamp(layout, f"python-{name}")

    def _value(self, level):
        return f"{level} " + digest(lock_file(level), sys.version, str(self.folder))

    @property
    def is_ready(self):
        """Tell whether the packages, or more than them, are there."""
        levels = LEVELS[LEVELS.index(self.level) :] if self.level in LEVELS else ()
        values = [self._value(level) for level in levels or (self.level,)]
        return self.python.exists() and self.stamp.value in values

    def ensure(self, say):
        """Have the environment; returns a few words about it."""
        if not self.is_ready:
            need_space(self.layout.home, 1, "The Python environment")
            self.stamp.clear()
            say("making an environment")
            self._create()
            say("installing the locked packages")
            self._install()
            self.stamp.record(self._value(self.level))
        return (
            f"Python {sys.version.split()[0]}, {self.stamp.value.split()[0]} packages"
        )

    def _create(self):
        with_pip = importlib.util.find_spec("ensurepip") is not None
        self._run(
            [sys.executable, "-m", "venv", "--clear", self.folder]
            + ([] if with_pip else ["--without-pip"]),
            what="Making a Python environment",
        )
        if not with_pip:
            self._add_pip()

    def _add_pip(self):
        """Debian splits pip off Python: take its wheel from the package it is in."""
        apt = debian.PrivateApt(self.layout, "pip", (debian.codename(),))
        apt.update()
        folder = self.layout / "tmp" / "pip"
        archives = apt.download(["python3-pip-whl"], apt.folder / "archives")
        debian.unpack(self.layout, archives[0], folder)
        wheel = next(folder.glob("usr/share/python-wheels/pip-*.whl"))
        self._run(
            [self.python, f"{wheel}/pip", "install", "-qq", "--no-index", wheel],
            what="Installing pip",
        )
        shutil.rmtree(folder)
        apt.forget()

    def _install(self):
        pip = [self.python, "-m", "pip", "install", "-qq", "--retries=2"]
        pip += ["--disable-pip-version-check", "--require-hashes", "-r"]
        uv = [self.folder / "bin" / "uv", "pip", "install", "-q", "--system-certs"]
        uv += ["--no-cache", "--python", self.python, "--require-hashes", "-r"]
        self._run([*pip, lock_file("uv")], what="Installing uv")
        try:
            self._run([*uv, lock_file(self.level)], what="Installing packages")
        except StackError:
            # uv knows nothing of pip's configuration: a private index, a proxy.
            self._run([*pip, lock_file(self.level)], what="Installing packages")
        if self.level in LEVELS:
            declare_psycopg2(next(self.folder.glob("lib/python3.*/site-packages")))

    def _run(self, command, what):
        log = self.layout.log_dir / f"python-{self.folder.name}.log"
        return run(command, what=what, log=log)


def declare_psycopg2(site_packages):
    """Say that psycopg2 is there, which psycopg2-binary does not say of itself.

    Odoo and the addons ask for the distribution by its own name; without this,
    Odoo logs a warning and pip would compile it.
    """
    binary = next(site_packages.glob("psycopg2_binary-*.dist-info"))
    version = binary.name.removeprefix("psycopg2_binary-").removesuffix(".dist-info")
    folder = site_packages / f"{ALIAS}-{version}.dist-info"
    folder.mkdir(exist_ok=True)
    (folder / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {ALIAS}\nVersion: {version}\n"
        f"Summary: The module as built by {BINARY}\n"
    )
    (folder / "INSTALLER").write_text("stack\n")
    names = ("METADATA", "INSTALLER", "RECORD")
    (folder / "RECORD").write_text("".join(f"{folder.name}/{n},,\n" for n in names))


def point_to_odoo(layout, tree):
    """Let Odoo's Python find Odoo."""
    path = layout.site_packages / "career_focus_odoo.pth"
    line = f"{tree.python_path}\n"
    if not path.exists() or path.read_text() != line:
        path.write_text(line)
