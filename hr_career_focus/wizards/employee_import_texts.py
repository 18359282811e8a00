"""What the import says: a sentence for each problem, and what each column means."""

from ..importer.columns import BY_KEY


def problem_texts(env):
    """``{code: sentence}`` in the language of ``env``, to fill in with ``%``.

    Each sentence says what is wrong and what to do about it.
    """
    return {
        # The file as a whole.
        "file_too_big": env._(
            "The file is larger than %(limit)s MB. Split it into smaller files."
        ),
        "workbook": env._(
            "This is a workbook, not a CSV file. Open it in your spreadsheet, choose "
            '"Save as" and then "CSV (UTF-8)".'
        ),
        "encoding": env._(
            "This is not a text file. Save the sheet again as CSV (UTF-8)."
        ),
        "empty_file": env._("The file is empty. Put the headings in the first row."),
        "no_rows": env._(
            "There are only headings in the file. Add a row per employee."
        ),
        "too_many_rows": env._(
            "The file has more than %(limit)s rows. Split it into smaller files."
        ),
        "too_many_columns": env._(
            "A row has more than %(limit)s cells. Keep the columns of the template."
        ),
        "quotes": env._(
            "The quotation marks are not in order near line %(line)s. Every cell that "
            "starts with a quotation mark must end with one."
        ),
        "missing_column": env._(
            'The column "%(heading)s" is missing. Add it to the first row.'
        ),
        "double_column": env._(
            'Two columns both mean "%(heading)s". Keep one of them.'
        ),
        # One cell.
        "too_long": env._("Longer than %(limit)s characters. Shorten it."),
        "formula": env._(
            'Starts with "%(start)s", which a spreadsheet would run as a formula. '
            "Write the text without it."
        ),
        "control_character": env._("Has an invisible character in it. Type it again."),
        "bad_number": env._(
            "An employee number has letters, digits, point, dash or slash only, and "
            "%(limit)s characters at most."
        ),
        "bad_email": env._(
            "Is not one e-mail address. Write one, like name@example.org."
        ),
        "no_such_day": env._("Is no day on the calendar. Write day-month-year."),
        "date_as_number": env._(
            "Is a date written as a number. Give the column a date format and save the "
            "file again."
        ),
        "bad_date": env._(
            "Is not a date. Write 31-12-2024 or 2024-12-31, with four digits for the "
            "year."
        ),
        "date_far_away": env._("The year must be between 1900 and 2100."),
        "bad_decimal": env._("Is not a number. Write 32, 31,5 or 31.5."),
        "hours_range": env._("More than 60 hours a week. Write hours a week."),
        "fte_range": env._("FTE is above 0 and at most 1.2: write 0,8 or 80%%."),
        "empty_level": env._(
            'A level of the department is empty. Write "Division / Department".'
        ),
        "too_many_levels": env._("More than %(limit)s levels of departments."),
        "bad_gender": env._("Write one of: %(choices)s; or leave the cell empty."),
        "bad_education": env._("Write one of: %(choices)s; or leave the cell empty."),
        # One row.
        "extra_cells": env._(
            "The row has %(extra)s cells more than there are headings. Put text with "
            "the separator in it between quotation marks."
        ),
        "no_number": env._("There is no employee number on this row. Add it."),
        "no_name": env._("No row of this employee number has a name. Add it."),
        "contradiction": env._(
            'Row %(other_row)s says "%(other)s" for the same employee number. Make '
            "them the same, or correct the number."
        ),
        "no_date_among_more": env._(
            "This employee number has more rows, so each needs a date. Fill in "
            '"Terms since" or "Contract start".'
        ),
        "same_date_twice": env._(
            "Row %(other_row)s has the same employee number and the same date. Remove "
            "one, or correct the date."
        ),
        "hours_and_fte": env._("Fill in the hours or the FTE, not both."),
        "end_without_start": env._("There is an end but no start. Fill in the start."),
        "end_before_start": env._(
            "The contract ends before it starts. Correct a date."
        ),
        "since_before_start": env._(
            "The terms hold before the contract starts. Correct a date."
        ),
        "since_after_end": env._(
            "The terms hold after the contract ended. Fill in the start of the next "
            "contract on this row."
        ),
        "contracts_overlap": env._(
            "This contract runs together with the one of row %(other_row)s. Let the "
            "first one end before the next starts."
        ),
        "birth_date_impossible": env._(
            "Nobody at work was born on this day. Correct it."
        ),
        "start_before_birth": env._("The contract starts before the birth date."),
        "too_young": env._(
            "Younger than %(youngest)s at the start of the contract. Correct a date."
        ),
        "other_row_broken": env._(
            "Another row of this employee number has an error. Correct that one first."
        ),
        # People together.
        "email_twice": env._(
            "Row %(other_row)s has the same e-mail address. Give each person an own "
            "one, or leave one empty."
        ),
        "own_manager": env._("Is the own manager. Fill in somebody else, or nobody."),
        "circle": env._(
            "Manages, by way of others, the own manager. Correct one of the managers."
        ),
        # Against the database.
        "unknown_manager": env._(
            "Nobody has this employee number, in the file or in Odoo. Add the manager "
            "or correct the number."
        ),
        "email_ambiguous": env._(
            "More than one employee in Odoo has this e-mail address. Correct it there "
            "first."
        ),
        "contract_clash": env._(
            "Runs together with a contract in Odoo (%(starts)s to %(ends)s) that the "
            "file does not change. End that one in Odoo first, or add it to the file."
        ),
        "unknown_contract_type": env._(
            "There is no such contract type. Known are: %(known)s."
        ),
        "unknown_agreement": env._(
            "There is no such agreement. Known are: %(known)s. Add it under "
            "Agreements first."
        ),
        "no_agreements_yet": env._(
            "There is no agreement in Career Focus yet. Add it under Agreements first, "
            "or leave the column empty."
        ),
        # Only to know.
        "manager_left_out": env._(
            "The manager is not imported, so this person has none yet."
        ),
        "no_start": env._(
            "No contract start. The answer about the right will be: unknown, ask the "
            "career desk."
        ),
        "no_agreement": env._(
            "No agreement, and the company has no default. The answer about the right "
            "will be: unknown, ask the career desk."
        ),
        "no_department": env._(
            "No department. This person counts in the company's figures only."
        ),
        "archived": env._("This employee is archived in Odoo and stays so."),
    }


def problem_text(texts, problem):
    """One line for one problem: the column, what stands there, and the sentence."""
    sentence = texts[problem.code] % problem.data
    if problem.column is None:
        return sentence
    heading = BY_KEY[problem.column].heading
    if problem.value:
        return f"{heading} “{problem.value}”: {sentence}"
    return f"{heading}: {sentence}"


def column_texts(env):
    """``{key: what to write in this column}`` in the language of ``env``."""
    return {
        "number": env._(
            "How you know the person; rows with the same number belong to one."
        ),
        "name": env._("First and last name. Needed on one row of each person."),
        "email": env._(
            "Also finds an employee who is in Odoo already, without a number."
        ),
        "birth_date": env._("31-12-1980 or 1980-12-31."),
        "gender": env._("female, male or other (f, m, x)."),
        "education": env._("graduate, bachelor, master, doctor or other."),
        "department": env._('With those above it: "Division / Department / Team".'),
        "manager": env._("The employee number of the manager."),
        "job": env._("A new job is made when there is none with this name."),
        "starts": env._("First day of the contract."),
        "ends": env._("Last day; empty next to a start means: no end."),
        "contract_type": env._("The name in Odoo, such as Permanent or Temporary."),
        "hours": env._("Hours a week; 0 for no fixed hours. Or use FTE."),
        "fte": env._("0,8 or 80%. Or use hours."),
        "agreement": env._("The name of an agreement that exists in Career Focus."),
        "since": env._(
            "From when this row holds; give one person more rows for a history. Empty: "
            "the contract start."
        ),
    }
