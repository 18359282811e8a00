"""What each setting means for the wall, and what to do when it is wrong."""


def setting_words(env, name):
    """Return (what is wrong, what to do) of a setting that is not as it should be."""
    return {
        "key_file": (
            env._("The key file is missing or damaged: no confidential record opens."),
            env._("Restore the key file from its backup."),
        ),
        "key_mode": (
            env._("Others on the server may read the key file."),
            env._(
                "Set its rights so that only the user that runs Odoo reads it (0600)."
            ),
        ),
        "purge_list": (
            env._(
                "The purge list is missing, or others can write it. Nothing is deleted "
                "for good, and what a backup brings back opens again."
            ),
            env._(
                "Put the list back from its backup, next to the key file, and let only "
                "the user that runs Odoo write it (0600)."
            ),
        ),
        "debug_log": (
            env._("The log is at debug level, and can hold what people write."),
            env._("Set the log level to info and delete the logs made since."),
        ),
        "sql_log": (
            env._("Every statement to the database is written to the log."),
            env._("Start Odoo without log_sql and delete the logs made since."),
        ),
        "database_list": (
            env._("The database manager is open to whoever knows its password."),
            env._("Set list_db = False in the configuration of Odoo."),
        ),
        "dev_mode": (
            env._("Odoo runs in developer mode, and takes changed pages from disk."),
            env._("Start Odoo without --dev."),
        ),
        "database_role": (
            env._("Odoo's user of the database has power over the whole server."),
            env._("Give Odoo a database user that is no superuser."),
        ),
        "password_reset": (
            env._("Anybody who reads a person's mail can set a new password."),
            env._(
                "Switch it off under Settings > General > Password reset. A login "
                "whose password was set anew stays closed here until the desk opens it."
            ),
        ),
        "key_copy": (
            env._("Nobody has confirmed that a copy of the key file is kept."),
            env._("Store a copy in a safe place, and confirm it on the setup page."),
        ),
        "second_factor": (
            env._("Coach and desk can work without a second factor."),
            env._("Switch the second factor on in the settings of Career Focus."),
        ),
        "log_mailbox": (
            env._("The access log is not sent to an independent mailbox."),
            env._("Name the mailbox of an independent office in the settings."),
        ),
    }[name]
