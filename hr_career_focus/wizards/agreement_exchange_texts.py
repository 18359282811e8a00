"""What the import of agreements says: a sentence for each problem."""

from .employee_import_texts import problem_texts as table_texts

#: Problems of a table and of a date, which every import of a file can have.
SHARED = (
    "file_too_big",
    "workbook",
    "encoding",
    "empty_file",
    "too_many_rows",
    "too_many_columns",
    "quotes",
    "missing_column",
    "double_column",
    "too_long",
    "formula",
    "control_character",
    "no_such_day",
    "date_as_number",
    "bad_date",
    "date_far_away",
    "extra_cells",
)


def problem_texts(env):
    """``{code: sentence}`` in the language of ``env``, to fill in with ``%``.

    Each sentence says what is wrong and what to do about it.
    """
    shared = table_texts(env)
    return {
        **{code: shared[code] for code in SHARED},
        **_file_texts(env),
        **_cell_texts(env),
        **_right_texts(env),
        **_database_texts(env),
    }


def _file_texts(env):
    return {
        "no_rights": env._(
            "There are only headings in the file. Add a line for each right."
        ),
        "unknown_column": env._(
            'The column "%(heading)s" is not known. Remove it, or give it a heading of '
            "the format."
        ),
        "unknown_column_like": env._(
            'The column "%(heading)s" is not known. Do you mean "%(like)s"? Correct '
            "the heading."
        ),
        "check_column": env._(
            'The column "%(heading)s" is left out. Who checked the text elsewhere does '
            "not count here: what you import is a draft, until you check it yourself."
        ),
    }


def _cell_texts(env):
    return {
        "more_lines": env._("Has more than one line. Write it on one line."),
        "bad_code": env._(
            "A code has no slash in it and %(limit)s characters at most. Write "
            "something like career-guidance."
        ),
        "bad_country": env._("Is no country code. Write two letters, NL or BE."),
        "bad_currency": env._("Is no currency code. Write three letters, like EUR."),
        "bad_amount": env._(
            "Is not a number with at most two decimals. Write 1500, 1500,50 or "
            "1500.50, without a mark between the thousands."
        ),
        "bad_whole": env._("Is not a whole number from 0 to %(limit)s."),
        "bad_flag": env._("Write yes or no, or leave the cell empty."),
        "bad_choice": env._("Write one of: %(choices)s; or leave the cell empty."),
        "no_value": env._("Is empty, and a right cannot do without. Fill it in."),
        "no_agreement": env._(
            "There is no agreement on this line. Repeat its name on each line."
        ),
    }


def _right_texts(env):
    return {
        "differs": env._(
            "Says something else than line %(other_row)s of the same agreement. Make "
            "them the same, or leave this cell empty."
        ),
        "idle": env._(
            "Means nothing for this right, given its unit, its interval and what it is "
            "a number of. Empty the cell, or correct one of those."
        ),
        "zero": env._("A right gives more than nothing. Correct the number."),
        "no_currency": env._("An amount of money needs a currency. Write EUR here."),
        "not_countable": env._(
            "Sessions, scans, vouchers and trajects are counted in whole numbers. "
            "Round it, or choose another unit."
        ),
        "percentage": env._("Is more than a hundred percent. Correct it."),
        "basis_unit": env._(
            "With the basis %(basis)s a right is counted in %(unit)s. Write that here, "
            "or change the basis."
        ),
        "basis_interval": env._(
            "With the basis %(basis)s a right is earned period by period. Write "
            "accrual here, or change the basis."
        ),
        "nobody": env._(
            "The right ends before it begins: nobody would ever have it. Make this "
            "more than min_service_months, or leave one of the two empty."
        ),
        "half_improves": env._(
            "To improve a right, fill in both the agreement and the code of the right."
        ),
        "ends_first": env._("Lies before the first day. Correct one of the two."),
        "double_code": env._(
            "Line %(other_row)s has the same code in the same version. Give each right "
            "a code of its own."
        ),
        "no_version_name": env._(
            "This agreement has several versions, so each needs a name. Fill it in on "
            "every line."
        ),
        "not_company_rules": env._(
            "Only rules of a company improve another right. Write yes under "
            "company_rules, or empty this cell."
        ),
        "no_right": env._("This version gives no right yet. You can add them later."),
        "no_first_day": env._(
            "More than one version has no first day, so nobody knows which of them is "
            "in force. Look the days up before you check them."
        ),
        "incomplete": env._(
            "Is not filled in. You can import it, but look it up in the text: before "
            "that this version cannot be checked, and counts for nobody."
        ),
    }


def _database_texts(env):
    return {
        "unknown_country": env._(
            "Odoo knows no country with this code. Correct it, or leave it empty."
        ),
        "unknown_currency": env._("Odoo knows no currency with this code. Correct it."),
        "unknown_improves": env._(
            "There is no right with this code in that agreement, in the file or in "
            "Odoo. Import the collective agreement first, or correct the two cells."
        ),
        "improves_other": env._(
            "This right is counted in something else than the one it improves, or "
            "comes back in another way. Give both the same unit, basis and interval, "
            "or leave this cell and the agreement empty."
        ),
        "two_agreements": env._(
            "Odoo has more than one agreement with this name. Give them different "
            "names there, or choose to make a new agreement."
        ),
        "kind_differs": env._(
            "Odoo has an agreement with this name of the other kind: collective "
            "agreement or rules of a company. Correct this cell or the name, or choose "
            "to make a new agreement."
        ),
        "stays_as_it_is": env._(
            "Odoo has this agreement with another country or reference. Those stay as "
            "they are: an import adds versions and changes nothing."
        ),
    }
