"""Numbers in addresses."""


def whole(text: str) -> int | None:
    """Return the whole number in a part of an address, else None.

    Odoo's own converter would redirect what is written another way, and answer the rest
    with a page that shows who is logged in; here all of it gets the one answer.

    >>> whole("2026"), whole("b1b4"), whole("0" * 32), whole("")
    (2026, None, None, None)
    """
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if is_number else None
