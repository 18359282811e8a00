# A command speaks on the terminal, and Odoo loads it as a module of its own, in which
# no relative import works. pylint: disable=print-used,odoo-addons-relative-import
import getpass
import os
import sys
from pathlib import Path

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

BATCH = 500
ACTS = ("check", "rotate", "forget", "purge-again")


class CareerVault(Command):
    """Look after the key file of the Career Focus vault.

    check    say whether the key file opens every record of the databases
    rotate   add a new key, wrap every record's key under it, keep the old keys
    forget   take the old keys out of the key file once no record needs them
    purge-again
             after a backup was put back: delete what is on the purge list

    Name every database that uses this key file. Back up the key file afterwards.

    At the independent office, on a computer of its own and without any database:

    recovery-key  make the office's key file, and print the line for the set-up page
    recover       answer the request of an employee who lost a passphrase
    """

    name = "career_vault"

    def run(self, cmdargs):
        self.parser.add_argument("act", choices=(*ACTS, *OFFICE_ACTS))
        self.parser.add_argument("-c", "--config", help="configuration file of Odoo")
        self.parser.add_argument(
            "-d", "--database", help="databases, separated by commas"
        )
        office = self.parser.add_argument_group("at the office")
        office.add_argument("--office-key", help="key file of the office")
        office.add_argument("--request", help="file the employee brought")
        office.add_argument("--answer", help="file to give back")
        office.add_argument("--passphrase-file", help="instead of typing it")
        office.add_argument("--number", help="number of the key the employee reads out")
        office.add_argument("--name", help="name of the employee, as checked")
        self.parser.add_argument(
            "--in-use",
            action="store_true",
            help="with purge-again: these databases, under these names, are from now "
            "on the ones in use and no copies",
        )
        options = self.parser.parse_args(cmdargs)
        self.in_use = options.in_use
        if options.act in OFFICE_ACTS:
            self._at_the_office(options)
            return
        if not options.database:
            self.parser.error("name the databases: -d")
        arguments = ["--no-http", "-d", options.database]
        if options.config:
            arguments += ["-c", options.config]
        config.parse_config(arguments, setup_logging=True)
        # The addon can be imported only now that the addons path is known.
        from odoo.addons.hr_career_focus.vault.errors import VaultError

        try:
            self._load()
            getattr(self, options.act.replace("-", "_"))(config["db_name"])
        except VaultError as error:
            sys.exit(f"career_vault: {error}")

    def check(self, databases):
        """Open one record under every key in use."""
        for name, in_use in self._in_use(databases).items():
            self._load().key_ids_present(in_use)
            print(f"{name}: every record opens; {len(in_use)} key(s) in use")

    def rotate(self, databases):
        """Write the new key first, so that no record is ever without its key."""
        from odoo.addons.hr_career_focus.casework.upkeep import renew_envelopes
        from odoo.addons.hr_career_focus.vault.keyring import write_key_file
        from odoo.addons.hr_career_focus.vault.location import key_file

        for in_use in self._in_use(databases).values():
            self._load().key_ids_present(in_use)
        write_key_file(key_file(), self._load().rotated(), replace_existing=True)
        for name in databases:
            done = 0
            while True:
                with Registry(name).cursor() as cr:
                    renewed = renew_envelopes(Environment(cr, SUPERUSER_ID, {}), BATCH)
                if not renewed:
                    break
                done += renewed
                print(f"{name}: {done} records under the new key")
            print(f"{name}: done")
        print("Back up the key file now. The old keys stay in it until 'forget'.")

    def forget(self, databases):
        """Refuse while a record of a named database still needs an old key."""
        from odoo.addons.hr_career_focus.vault.keyring import write_key_file
        from odoo.addons.hr_career_focus.vault.location import key_file

        ring = self._load()
        for name, in_use in self._in_use(databases).items():
            if in_use - {ring.active}:
                sys.exit(
                    f"career_vault: {name} still needs an older key; rotate first."
                )
        write_key_file(key_file(), ring.without_old(), replace_existing=True)
        print(f"{len(ring.keys) - 1} older key(s) forgotten. Back up the key file now.")

    def purge_again(self, databases):
        """Delete what came back with a backup; nobody could open it meanwhile."""
        from odoo.fields import Date

        from odoo.addons.hr_career_focus.casework import erasing, home
        from odoo.addons.hr_career_focus.vault import purged

        purged.require()
        for name in databases:
            with Registry(name).cursor() as cr:
                env = Environment(cr, SUPERUSER_ID, {})
                if self.in_use:
                    home.remember(env)
                erasing.erase_again(env, Date.today())
                whole = erasing.is_intact(env)
                copy = not home.is_home(env)
            if not whole:
                sys.exit(f"career_vault: {name} still holds what was deleted.")
            print(f"{name}: nothing that was deleted is in it")
            if copy:
                print(
                    f"{name}: treated as a copy, in which nothing is deleted by rule. "
                    "Is it the one in use? Then add --in-use."
                )

    # -- at the office -----------------------------------------------------------

    def _at_the_office(self, options):
        config.parse_config([], setup_logging=True)
        from odoo.addons.hr_career_focus.vault.errors import VaultError

        if not options.office_key:
            self.parser.error("name the key file of the office: --office-key")
        try:
            OFFICE_ACTS[options.act](self, options)
        except (VaultError, OSError) as error:
            sys.exit(f"career_vault: {error}")

    def recovery_key(self, options):
        """Make the office's key file; it never goes to the server."""
        from odoo.addons.hr_career_focus.vault import passphrase, recovery

        typed = self._passphrase(options, twice=True)
        if passphrase.judge(typed) in (passphrase.TOO_SHORT, passphrase.TOO_SIMPLE):
            sys.exit(
                "career_vault: choose a stronger passphrase, of five words or more."
            )
        content, line = recovery.new_office(typed)
        _write_new(options.office_key, content)
        print("Paste this line on the set-up page of Career Focus:")
        print(line)
        print(f"Keep {options.office_key} and its passphrase, and a copy of both.")

    def recover(self, options):
        """Answer one request, after a look at whose texts it is about."""
        from odoo.addons.hr_career_focus.vault import personal, recovery

        if not options.request or not options.answer:
            self.parser.error("name both files: --request and --answer")
        office = recovery.open_office(
            Path(options.office_key).read_bytes(), self._passphrase(options)
        )
        asked = Path(options.request).read_bytes()
        fingerprint, names = recovery.look(asked, office)
        number = personal.grouped(fingerprint)
        print(f"Number of the new key: {number}")
        for name, count in sorted(names.items()):
            print(f"{count} text(s) of: {name}")
        if not names:
            sys.exit("career_vault: no text in this file is sealed for this office.")
        whose = self._confirmed(options, number, names)
        _write_new(options.answer, recovery.answer(asked, office, whose))
        print(f"Give {options.answer} to the employee.")

    def _confirmed(self, options, number, names):
        """Return the name; stop unless name and number are the person's who asks."""
        from odoo.addons.hr_career_focus.vault import recovery

        read_out = options.number
        if read_out is None:
            read_out = input("Type the number the employee reads on the own page: ")
        if read_out.replace(" ", "").lower() != number.replace(" ", ""):
            sys.exit("career_vault: the number differs. Nothing was written.")
        told = options.name
        if told is None:
            told = input("Type the name on the identity card: ")
        if not any(recovery.same_name(told, name) for name in names):
            sys.exit("career_vault: no text of this person. Nothing was written.")
        return told

    def _passphrase(self, options, twice=False):
        if options.passphrase_file:
            return Path(options.passphrase_file).read_text(encoding="utf-8").strip()
        typed = getpass.getpass("Passphrase of the office: ")
        if twice and getpass.getpass("The same once more: ") != typed:
            sys.exit("career_vault: the two passphrases differ.")
        return typed

    def _load(self):
        from odoo.addons.hr_career_focus.vault.keyring import load_keyring

        return load_keyring()

    def _in_use(self, databases):
        """Return the ids of the keys each database needs."""
        from odoo.addons.hr_career_focus.casework.upkeep import keys_in_use

        found = {}
        for name in databases:
            with Registry(name).cursor() as cr:
                found[name] = keys_in_use(Environment(cr, SUPERUSER_ID, {}))
        return found


def _write_new(name, content):
    """Write a file that only its owner reads, and never over another one."""
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


#: What the office does: no database, no key file of the server.
OFFICE_ACTS = {
    "recovery-key": CareerVault.recovery_key,
    "recover": CareerVault.recover,
}
