# A command speaks on the terminal, and Odoo loads it as a module of its own, in which
# no relative import works. pylint: disable=print-used,odoo-addons-relative-import
import json
import sys

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

CLEAN, FINDINGS, FAILED = 0, 1, 2
AUTHOR = "command"


class CareerCheck(Command):
    """Check the wall of Career Focus: for a job outside Odoo.

    Prints what was found and the digest, and adds the run to the history. The exit code
    is 0 when nothing was found, 1 when there are findings, 2 when the check could not
    run.
    """

    name = "career_check"

    def run(self, cmdargs):
        self.parser.add_argument("-c", "--config", help="configuration file of Odoo")
        self.parser.add_argument("-d", "--database", required=True)
        self.parser.add_argument(
            "--json", action="store_true", help="print the result as JSON"
        )
        self.parser.add_argument(
            "--no-history", action="store_true", help="do not add it to the history"
        )
        options = self.parser.parse_args(cmdargs)
        arguments = ["--no-http", "-d", options.database]
        if options.config:
            arguments += ["-c", options.config]
        config.parse_config(arguments, setup_logging=True)
        sys.exit(self._check(options))

    def _check(self, options):
        """Run the check; return the exit code. Whatever went wrong is code 2."""
        try:
            from odoo.addons.hr_career_focus.selfcheck import book
            from odoo.addons.hr_career_focus.selfcheck.run import run
            from odoo.addons.hr_career_focus.selfcheck.wording import say

            with Registry(options.database).cursor() as cr:
                env = Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
                result = run(env)
                if not options.no_history:
                    book.keep(env, result, AUTHOR)
                said = [(one, say(env, one)) for one in result.findings]
        except Exception as error:
            # A job that reads the exit code must hear of every failure.
            print(f"career_check: could not run: {error}", file=sys.stderr)
            return FAILED
        if options.json:
            print(json.dumps(as_json(result, said), indent=1))
        else:
            print("\n".join(as_text(result, said)))
        return CLEAN if result.is_clean else FINDINGS


def as_json(result, said):
    """Return the result as plain values."""
    return {
        "clean": result.is_clean,
        "digest": result.digest,
        "signed": result.signed,
        "seconds": round(result.seconds, 1),
        "findings": [
            {
                "level": one.level,
                "code": one.code,
                "where": one.where,
                "what": words.what,
                "do": words.do,
            }
            for one, words in said
        ],
        "matrix": [
            {
                "role": cell.role,
                "asset": cell.asset,
                "way": cell.way,
                "expected": cell.expected,
                "reached": cell.reached,
                "tried": cell.tried,
            }
            for cell in result.cells
        ],
    }


def as_text(result, said):
    """Give the lines for the terminal, findings first."""
    for one, words in sorted(said, key=lambda pair: pair[0].level != "finding"):
        yield f"{one.level.upper()}  {words.label}: {words.where}"
        yield f"    {words.what}"
        yield f"    {words.do}"
    tried = sum(cell.tried for cell in result.cells)
    yield f"{len(result.open)} findings, {len(result.advice)} to know, {tried} tries"
    yield f"digest {result.digest}"
    yield f"{result.seconds:.1f} seconds"
