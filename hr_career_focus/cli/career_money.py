# A command speaks on the terminal, and Odoo loads it as a module of its own, in which
# no relative import works. pylint: disable=print-used,odoo-addons-relative-import
import re
import sys
from pathlib import Path

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

#: Exit codes: right, not right, could not be checked.
RIGHT, WRONG, UNKNOWN = 0, 1, 2


class CareerMoney(Command):
    """Check the money of Career Focus, without a name.

    verify     is this statement of a settlement as it was signed? Needs no database,
               only the file (CSV) and the public key that finance was given
    reconcile  is every voucher accounted for: opening and issued against redeemed,
               void, expired and open; do all statements stand for real vouchers?
    key        print the public key

    Ends with 0 when all is right, with 1 when something is not, with 2 when it could
    not be checked.
    """

    name = "career_money"

    def run(self, cmdargs):
        self.parser.add_argument("act", choices=("verify", "reconcile", "key"))
        self.parser.add_argument("file", nargs="?", help="statement to verify (CSV)")
        self.parser.add_argument("-c", "--config", help="configuration file of Odoo")
        self.parser.add_argument("-d", "--database", help="with reconcile and key")
        self.parser.add_argument("--key", help="public key, or a file that holds it")
        self.parser.add_argument("--year", help="reconcile one year: 2026")
        self.parser.add_argument("--month", help="reconcile one month: 2026-03")
        options = self.parser.parse_args(cmdargs)
        if options.act == "verify":
            if not (options.file and options.key):
                self.parser.error("name the file and the key: verify FILE --key KEY")
        elif not options.database:
            self.parser.error("name the database: -d")
        for given, form in ((options.year, r"\d{4}"), (options.month, r"\d{4}-\d\d")):
            if given and not re.fullmatch(form, given):
                self.parser.error("a year is 2026, a month is 2026-03")
        arguments = ["--no-http"]
        if options.config:
            arguments += ["-c", options.config]
        if options.database:
            arguments += ["-d", options.database]
        config.parse_config(arguments, setup_logging=True)
        sys.exit(self._act(options))

    def _act(self, options):
        # The addon can be imported only now that the addons path is known.
        from odoo.addons.hr_career_focus.engine.statement import StatementError
        from odoo.addons.hr_career_focus.vault.errors import VaultError

        try:
            if options.act == "verify":
                return self.verify(options)
            with Registry(options.database).cursor() as cr:
                env = Environment(cr, SUPERUSER_ID, {})
                return getattr(self, options.act)(env, options)
        except (VaultError, StatementError, OSError, ValueError) as error:
            print(f"career_money: {error}", file=sys.stderr)
            return UNKNOWN

    def verify(self, options):
        """Say whether a statement is whole, and what it says."""
        from odoo.addons.hr_career_focus.engine import statement as st
        from odoo.addons.hr_career_focus.vault.signing import is_signed

        key = options.key.strip()
        if not re.fullmatch(r"[0-9a-f]{64}", key):
            key = Path(key).read_text(encoding="utf-8").strip()
        file = Path(options.file)
        if file.stat().st_size > st.LARGEST_FILE:
            raise st.StatementError("the file is too large to be a statement")
        said = st.read(file.read_text(encoding="utf-8"))
        found = st.problems(said, key, is_signed)
        for code in found:
            print(PROBLEMS[code])
        if found:
            return WRONG
        for name in ("company", "provider", "period", "number", "total", "vat"):
            print(f"{name}: {said.head[name]}")
        print(f"The statement is as it was signed, with {len(said.lines)} lines.")
        return RIGHT

    def reconcile(self, env, options):
        """Print the balance of each company, and everything that does not fit."""
        from odoo.addons.hr_career_focus.casework import reconciling

        result = reconciling.for_command(env, options.year, options.month)
        for line in result.lines:
            print(line)
        return RIGHT if result.is_balanced else WRONG

    def key(self, env, options):
        """Print the public key under which statements are signed."""
        from odoo.addons.hr_career_focus.vault.keyring import load_keyring
        from odoo.addons.hr_career_focus.vault.signing import public_key

        print(public_key(load_keyring()))
        return RIGHT


PROBLEMS = {
    "other_key": "The file was signed under another key than the one you gave.",
    "head": "What the head says is not what was signed.",
    "lines": "Lines were added, taken away or changed.",
    "line": "A line was not signed for this settlement.",
    "twice": "A line is in the file twice.",
    "number": "The number of lines is not the number in the head.",
}
