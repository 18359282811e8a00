"""Gets Odoo 19.0: the user's own, or the one of Debian."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import debian
from .errors import StackError
from .stamps import Stamp, digest, need_space

SERIES = "19.0"
PACKAGE = "odoo-19"
#: The package may move on from the first suite one day.
SUITES = ("sid", "forky", "trixie")
#: What links of the package point to: from the machine's own release ...
FONTS = (
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
#: ... and what that release may not have.
NEW_FONTS = ("fonts-montserrat",)
PACKAGES_DIR = "usr/lib/python3/dist-packages"
#: Second copies, manuals, and all languages but Dutch (four fifths of the size).
EXCLUDES = (
    f"./{PACKAGES_DIR}/addons",
    f"./{PACKAGES_DIR}/setup",
    f"./{PACKAGES_DIR}/doc",
    "./usr/share/doc",
    "*/i18n/[!n]*.po",
    "*/i18n/n[!l]*.po",
)
#: Listed in a manifest, but not in the package: the web client logs an error.
HOLES = ("mail/static/lib/selfie_segmentation/selfie_segmentation.js",)


@dataclass(frozen=True)
class OdooTree:
    """An Odoo 19.0: where Python finds it and where its addons are."""

    python_path: Path
    addons: tuple
    label: str


def read_series(package):
    """Series of the ``odoo`` package in a folder, from its release.py; None if none."""
    release = package / "release.py"
    if not release.is_file():
        return None
    found = re.search(
        r"^version_info\s*=\s*\(\s*'?([\w~]+)'?\s*,\s*(\d+)",
        release.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return ".".join(found.groups()) if found else None


def tree_at(path):
    """The Odoo that the user has at ``path``.

    :raises StackError: when there is none, or another version
    """
    path = Path(path).expanduser().absolute()
    package = path if path.name == "odoo" and read_series(path) else path / "odoo"
    series = read_series(package)
    if series is None:
        raise StackError(
            f"ODOO_PATH is {path}, but no Odoo is there: name a folder that has "
            "odoo-bin and addons/ in it, or a folder with the Python package 'odoo'."
        )
    if series != SERIES:
        raise StackError(
            f"ODOO_PATH is {path}, which is Odoo {series}: Career Focus needs {SERIES}."
        )
    inside = package / "addons"
    beside = package.parent / "addons"
    addons = [inside] + ([beside] if (beside / "web").is_dir() else [])
    if not any((folder / "web" / "__manifest__.py").is_file() for folder in addons):
        raise StackError(
            f"ODOO_PATH is {path}, but Odoo's addons (such as web) are not there: "
            "take a complete source tree."
        )
    release = package / "release.py"
    return OdooTree(package.parent, tuple(addons), f"{package} {digest(release)}")


class OdooSource:
    """Provides the Odoo that the stack runs."""

    def __init__(self, layout):
        self.layout = layout
        self.own = os.environ.get("ODOO_PATH")
        self.folder = layout / "odoo"
        self.stamp = Stamp(layout, "odoo")

    @property
    def recipe(self):
        """What the unpacked tree is made from, less the release of the package."""
        local = os.environ.get("ODOO_DEB", "")
        return digest(repr((EXCLUDES, FONTS, NEW_FONTS, HOLES)), local)

    @property
    def tree(self):
        """The Odoo to run; only after :meth:`ensure`."""
        if self.own:
            return tree_at(self.own)
        package = self.folder / PACKAGES_DIR / "odoo"
        label = (self.folder / "version").read_text().strip()
        return OdooTree(package.parent, (package / "addons",), label)

    def check(self):
        """Refuse a wrong ODOO_PATH before anything is done."""
        if self.own:
            tree_at(self.own)

    def ensure(self, say):
        """Have Odoo 19.0; returns a few words about it."""
        if self.own:
            return f"your own at {tree_at(self.own).python_path}"
        if not self.stamp.holds(self.recipe) or not self.folder.is_dir():
            self.stamp.clear()
            self._fetch(say)
            self.stamp.record(self.recipe)
        return f"{SERIES} ({self.tree.label})"

    def _fetch(self, say):
        need_space(self.layout.home, 1.5, "Odoo")
        fresh = self.layout / "odoo.new"
        shutil.rmtree(fresh, ignore_errors=True)
        apt = debian.PrivateApt(self.layout, "odoo", self._suites())
        say("reading the list of packages")
        apt.update()
        say("fetching about 120 MB")
        archives = self._archives(apt)
        say("unpacking")
        for archive in archives:
            is_odoo = archive.name.startswith(PACKAGE)
            debian.unpack(self.layout, archive, fresh, EXCLUDES if is_odoo else ())
            if is_odoo:
                (fresh / "version").write_text(archive.name.removesuffix(".deb"))
        self._mend(fresh)
        shutil.rmtree(self.folder, ignore_errors=True)
        fresh.rename(self.folder)
        apt.forget()

    @staticmethod
    def _suites():
        own = debian.codename()
        return tuple(dict.fromkeys((*SUITES, own)))

    def _archives(self, apt):
        own = debian.codename()
        packages = [f"{name}/{own}" for name in FONTS]
        packages += [
            f"{name}/{next(s for s in apt.suites if apt.has(name, s))}"
            for name in NEW_FONTS
        ]
        local = os.environ.get("ODOO_DEB")
        if not local:
            suite = next((s for s in SUITES if apt.has(PACKAGE, s)), None)
            if suite is None:
                raise StackError(
                    "The Debian mirror of this machine has no Odoo 19: name your own "
                    "Odoo 19.0 with ODOO_PATH=, or a .deb file of it with ODOO_DEB=."
                )
            packages.append(f"{PACKAGE}/{suite}")
        archives = apt.download(packages, apt.folder / "archives")
        return archives + ([Path(local).absolute()] if local else [])

    @staticmethod
    def _mend(folder):
        """Fill the holes of the package and make sure that nothing else is missing."""
        addons = folder / PACKAGES_DIR / "odoo" / "addons"
        for hole in HOLES:
            path = addons / hole
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("/* Not part of this distribution of Odoo. */\n")
        if read_series(addons.parent) != SERIES:
            raise StackError("The Odoo package that was fetched is not Odoo 19.0.")
        dead = [p for p in folder.rglob("*") if p.is_symlink() and not p.exists()]
        if dead:
            raise StackError(
                f"The Odoo package lacks what {dead[0].relative_to(folder)} points to: "
                "name another Odoo 19.0 with ODOO_PATH=."
            )
