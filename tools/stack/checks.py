"""The checks: style, common mistakes, licences, translation templates."""

import subprocess
import sys
import time

from .layout import EVERY, ROOT
from .pot import differences
from .process import clean_environment

PRETTIER_XML = "@prettier/plugin-xml/src/plugin.js"


class Checks:
    """Every check as a command over the files it is for.

    :param python: environment with the checkers written in Python
    :param node: the checkers written for Node.js
    """

    def __init__(self, layout, python, node, settings):
        self.layout = layout
        self.python = python
        self.node = node
        self.settings = settings

    def _tool(self, name):
        return str(self.python.folder / "bin" / name)

    def _prettier(self, mode):
        plugin = self.node.folder / "node_modules" / PRETTIER_XML
        files = _files("*.xml", "*.js", "*.mjs", "*.scss", "*.css")
        prettier = self.node.tool("prettier/bin/prettier.cjs")
        return [*prettier, mode, "--log-level=warn", f"--plugin={plugin}", *files]

    def _eslint(self, *options):
        config = self.node.folder / "eslint.config.mjs"
        eslint = self.node.tool("eslint/bin/eslint.js")
        files = _files("*.js")
        return [*eslint, *options, "--config", str(config), *files] if files else []

    def _manifestoo(self, *arguments):
        chosen = ["--select-addons-dir", ".", "--odoo-series", "19.0"]
        chosen += [f"--addons-path={','.join(map(str, self.settings.tree.addons))}"]
        chosen += ["--no-addons-path-from-import-odoo"]
        return [self._tool("manifestoo"), *chosen, *arguments]

    @property
    def commands(self):
        """Titles and commands; an empty command has nothing to look at yet."""
        catalogues = _files("*.po", "*.pot")
        return {
            "ruff": [self._tool("ruff"), "check", "--output-format=concise", "."],
            "ruff format": [self._tool("ruff"), "format", "--check", "."],
            "pylint-odoo": [self._tool("pylint"), *EVERY],
            "oca module": [self._tool("oca-checks-odoo-module"), *EVERY],
            "oca po": catalogues and [self._tool("oca-checks-po"), *catalogues],
            "prettier": self._prettier("--check"),
            "eslint": self._eslint("--max-warnings=0"),
            "licences": self._manifestoo("check-licenses"),
            "status": self._manifestoo("check-dev-status"),
        }

    def run(self):
        """Run every check, also after one that fails; returns an exit code."""
        failed = [title for title, run in self._all() if not self._report(title, run)]
        if failed:
            print(f"\nmake check: {', '.join(failed)} found something.", flush=True)
            return 1
        print("\nmake check: no findings.", flush=True)
        return 0

    def format(self):
        """Let the formatters rewrite files."""
        for command in (
            [self._tool("ruff"), "check", "--fix", "--exit-zero", "--quiet", "."],
            [self._tool("ruff"), "format", "--quiet", "."],
            [self._tool("oca-checks-odoo-module"), "--fix", "--no-exit", *EVERY],
            self._eslint("--fix", "--quiet"),
            self._prettier("--write"),
        ):
            if command:
                subprocess.run(
                    command,
                    cwd=ROOT,
                    env=self.node.variables(),
                    stdout=subprocess.DEVNULL,
                    check=False,
                )
        print("Formatted. 'make check' tells what is left to do by hand.")
        return 0

    def _all(self):
        for title, command in self.commands.items():
            yield title, lambda command=command: self._command(command)
        yield "translation templates", lambda: "\n".join(differences(self.settings))

    def _command(self, command):
        """Findings of a command; empty when it is content."""
        if not command:
            return ""
        done = subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={**clean_environment(), **self.node.variables(), "NO_COLOR": "1"},
            check=False,
        )
        return done.stdout + done.stderr or "failed" if done.returncode else ""

    @staticmethod
    def _report(title, run):
        started = time.monotonic()
        findings = run()
        verdict = "FOUND" if findings else "ok"
        print(f"{title:22} {verdict} ({time.monotonic() - started:.1f} s)")
        if findings:
            lines = findings.strip().splitlines()
            print("\n".join(f"    {line}" for line in lines[:200]))
            if len(lines) > 200:
                print(f"    ... and {len(lines) - 200} more lines")
        sys.stdout.flush()
        return not findings


def _files(*patterns):
    """Files of the repository, also new ones, that match; none that git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return sorted({name for name in listed if (ROOT / name).is_file()})
