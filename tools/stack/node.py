"""Provides Node.js and the locked npm packages for the checks."""

import re
import shutil
import subprocess

from .layout import ROOT
from .process import clean_environment, run
from .stamps import Stamp, digest, need_space
from .venv import Environment

OLDEST = 20
FOLDER = ROOT / "tools" / "check"
FILES = ("package.json", "package-lock.json", "eslint.config.mjs")


def major_version(text):
    """
    >>> major_version("v22.17.1"), major_version("")
    (22, 0)
    """
    found = re.match(r"v(\d+)\.", text)
    return int(found.group(1)) if found else 0


class Node:
    """Node.js of the machine when it is new enough, else one from a wheel."""

    def __init__(self, layout):
        self.layout = layout
        self.folder = layout / "node"
        self.environment = Environment(layout, "venv-node", "node")

    def ensure(self, say):
        """Have Node.js and the packages; returns a few words."""
        if not self._own():
            self.environment.ensure(say)
        stamp = Stamp(self.layout, "node")
        value = digest(*(FOLDER / name for name in FILES), self.program("node"))
        if not stamp.holds(value) or not (self.folder / "node_modules").is_dir():
            need_space(self.layout.home, 0.3, "The checkers")
            stamp.clear()
            self.folder.mkdir(exist_ok=True)
            for name in FILES:
                shutil.copyfile(FOLDER / name, self.folder / name)
            say("installing the locked npm packages")
            run(
                [self.program("npm"), "ci", "--ignore-scripts", "--no-audit"]
                + ["--no-fund", "--fetch-retries=1"],
                what="Installing npm packages",
                log=self.layout.log_dir / "npm.log",
                cwd=self.folder,
                env=self.variables(),
            )
            stamp.record(value)
        return "your own Node.js" if self._own() else "private Node.js"

    def program(self, name):
        """Path of ``node`` or ``npm``."""
        if self._own():
            return shutil.which(name)
        return str(self.environment.folder / "bin" / name)

    def variables(self):
        """Environment in which npm finds its node."""
        env = clean_environment()
        if not self._own():
            env["PATH"] = f"{self.environment.folder / 'bin'}:{env.get('PATH', '')}"
        return env

    def tool(self, name):
        """Command that runs a tool of the packages."""
        return [self.program("node"), str(self.folder / "node_modules" / name)]

    @staticmethod
    def _own():
        if not shutil.which("node") or not shutil.which("npm"):
            return False
        told = subprocess.run(
            ["node", "--version"], capture_output=True, text=True, check=False
        )
        return major_version(told.stdout) >= OLDEST
