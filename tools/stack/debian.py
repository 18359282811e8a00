"""Fetches Debian packages without installing them.

apt itself does the work, with its state in a private folder: it finds the mirror
in the machine's own configuration, checks every signature and hash, and needs no
root. Nothing of the system is changed.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .errors import StackError
from .process import clean_environment, run

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
SYSTEM_STATUS = Path("/var/lib/dpkg/status")
QUIET = (
    "-qq",
    "-o=Acquire::Retries=2",
    "-o=APT::Update::Error-Mode=any",
    "-o=Debug::NoLocking=1",
)


@dataclass(frozen=True)
class Index:
    """One line of what apt reads: a mirror's address, a release and a component."""

    uri: str
    release: str
    component: str


def parse_indexes(text):
    """Read the output of ``apt-get indextargets`` in the form asked for below.

    >>> parse_indexes("file:/m\\tstable\\tmain\\nfile:/m\\tstable\\tcontrib\\n")[1]
    Index(uri='file:/m', release='stable', component='contrib')
    >>> parse_indexes("nonsense\\n")
    []
    """
    rows = [line.split("\t") for line in text.splitlines()]
    return [Index(*row) for row in rows if len(row) == 3]


def parse_os_release(text):
    """Read /etc/os-release.

    >>> parse_os_release('ID=debian\\nVERSION_CODENAME="bookworm"\\n')
    {'ID': 'debian', 'VERSION_CODENAME': 'bookworm'}
    """
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    return {name: value.strip("\"'") for name, value in pairs}


def main_mirrors(indexes, codename):
    """Addresses that serve ``codename``/main, without repeats, security ones last.

    >>> main_mirrors([Index("file:/s-security/", "x-security", "main"),
    ...               Index("file:/m/", "x", "main"), Index("file:/m", "x", "main"),
    ...               Index("file:/n", "x", "contrib")], "x")
    ['file:/m/']
    """
    found = {
        index.uri.rstrip("/"): index.uri
        for index in reversed(indexes)
        if index.component == "main"
        and index.release == codename
        and "security" not in index.uri
    }
    return list(reversed(found.values()))


def codename():
    """The release this machine runs, such as ``bookworm``."""
    try:
        facts = parse_os_release(Path("/etc/os-release").read_text())
    except OSError:
        facts = {}
    return facts.get("VERSION_CODENAME", "")


def mirror():
    """The Debian mirror of this machine.

    :raises StackError: on a machine that is not Debian
    """
    advice = (
        "Install Odoo 19.0 yourself and name its folder with ODOO_PATH=, and put "
        "chromium and wkhtmltopdf on the PATH."
    )
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise StackError(f"This machine has no apt to fetch Odoo with. {advice}")
    output = subprocess.run(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(REPO_URI)\t$(RELEASE)\t$(COMPONENT)",
            "Created-By: Packages",
        ],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    mirrors = main_mirrors(parse_indexes(output), codename())
    if not mirrors or not KEYRING.exists():
        raise StackError(
            f"The apt configuration of this machine names no Debian mirror. {advice}"
        )
    return mirrors[0]


class PrivateApt:
    """An apt with its own lists, sources and idea of what is installed.

    :param suites: releases to read, such as ``("sid", "bookworm")``
    :param knows_machine: True to fetch only what this machine lacks
    """

    def __init__(self, layout, name, suites, knows_machine=False):
        self.layout = layout
        self.folder = layout / f"apt-{name}"
        self.suites = suites
        self.knows_machine = knows_machine
        self.name = name

    def update(self):
        """Write the configuration and read the lists of packages."""
        for part in ("state/lists/partial", "cache/archives/partial"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        status = self.folder / "status"
        if self.knows_machine and SYSTEM_STATUS.exists():
            shutil.copyfile(SYSTEM_STATUS, status)
        else:
            status.write_text("")
        uri = mirror()
        sources = self.folder / "sources.list"
        sources.write_text(
            "".join(f"deb [signed-by={KEYRING}] {uri} {s} main\n" for s in self.suites)
        )
        (self.folder / "apt.conf").write_text(
            f'Dir::State "{self.folder}/state";\n'
            f'Dir::State::status "{status}";\n'
            f'Dir::Cache "{self.folder}/cache";\n'
            f'Dir::Etc::SourceList "{sources}";\n'
            'Dir::Etc::SourceParts "/dev/null";\n'
            'APT::Sandbox::User "";\n'
        )
        self._apt("apt-get", "update", what="Reading the list of Debian packages")

    def has(self, package, suite):
        """Tell whether ``suite`` holds ``package``."""
        output = self._apt(
            "apt-cache", "madison", package, what=f"Looking for {package}"
        )
        return any(f" {suite}/" in line for line in output.splitlines())

    def download(self, packages, folder):
        """Download exactly ``packages`` (``name`` or ``name/suite``) to ``folder``."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._apt(
            "apt-get", "download", *packages, cwd=folder, what="Fetching packages"
        )
        return sorted(folder.glob("*.deb"))

    def download_missing(self, packages, folder):
        """Download ``packages`` and what they need that the machine lacks."""
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "partial").mkdir(parents=True)
        self._apt(
            "apt-get",
            "install",
            "--download-only",
            "--no-install-recommends",
            "--yes",
            f"-o=Dir::Cache::archives={folder}",
            *packages,
            what="Fetching packages",
        )
        return sorted(folder.glob("*.deb"))

    def forget(self):
        """Delete lists and archives; they are large and not needed any more."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _apt(self, program, *arguments, what, cwd=None):
        env = clean_environment(
            APT_CONFIG=self.folder / "apt.conf",
            LC_ALL="C.UTF-8",
            DEBIAN_FRONTEND="noninteractive",
        )
        return run(
            [program, *QUIET, *arguments],
            what=what,
            log=self.layout.log_dir / f"apt-{self.name}.log",
            env=env,
            cwd=cwd or os.fspath(self.folder),
        )


def unpack(layout, archive, folder, excludes=()):
    """Unpack the Debian package ``archive`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    command = (
        'dpkg-deb --fsys-tarfile "$1" | { shift; tar -x --no-same-owner --wildcards '
        '-C "$@"; }'
    )
    run(
        ["bash", "-o", "pipefail", "-c", command, "unpack", archive, folder]
        + [f"--exclude={pattern}" for pattern in excludes],
        what=f"Unpacking {Path(archive).name}",
        log=layout.log_dir / "unpack.log",
    )
