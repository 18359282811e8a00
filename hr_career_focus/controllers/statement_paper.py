"""The statement of a settlement on paper."""

from odoo.tools import format_amount, format_date

from .check_paper import CheckPaper


def statement_pdf(settlement):
    """Return the PDF of a settlement, in the language of the reader."""
    env = settlement.env
    statement = settlement._statement()
    currency = settlement.currency_id
    sheet = CheckPaper(
        env._("Settlement"),
        lambda page, pages: env._("Page %(page)s of %(pages)s", page=page, pages=pages),
        (env.lang or "en_US").replace("_", "-"),
    )
    sheet.facts(
        [
            (env._("To be paid by"), statement.head["company"]),
            (env._("To be paid to"), statement.head["provider"]),
            (env._("Period"), settlement.period),
            (env._("Closed on"), format_date(env, settlement.closed_on)),
            (env._("Vouchers"), settlement.number_text),
            (
                env._("Without VAT"),
                format_amount(env, settlement.total - settlement.vat, currency),
            ),
            (env._("VAT"), format_amount(env, settlement.vat, currency)),
            (env._("To pay"), format_amount(env, settlement.total, currency)),
            (env._("Reference"), settlement.ref),
        ]
    )
    sheet.text(
        env._(
            "This settlement is for vouchers that were used in these months. Nobody is "
            "named, and nothing says which voucher was used when, or for how much."
        )
    )
    sheet.heading(env._("How to check it"))
    sheet.text(
        env._(
            "The file with the lines (CSV) has a signature over everything above and "
            "one for each voucher. Check it with the command “career_money verify” and "
            "the public key that you wrote down when you started."
        )
    )
    sheet.facts(
        [
            (env._("Public key"), statement.key),
            (env._("Signature"), _broken(statement.signature)),
            (env._("Database"), statement.head["database"]),
        ]
    )
    if statement.lines:
        sheet.heading(env._("One line for each voucher"))
        sheet.text(
            env._(
                "The order is that of the serials, which are as good as drawn at "
                "random. The signatures are shortened here and whole in the file."
            ),
            soft=True,
        )
        sheet.grid(
            [env._("Serial"), env._("Signature")],
            [(serial, f"{signature[:48]}…") for serial, signature in statement.lines],
            0.42,
        )
    else:
        sheet.text(
            env._(
                "There are fewer vouchers than a settlement shows, so their number and "
                "their lines stay out of it. They waited for a year."
            )
        )
    return sheet.to_bytes()


def _broken(signature):
    """Return a long signature with places where a line may break."""
    return f"{signature[:64]} {signature[64:]}"
