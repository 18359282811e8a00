"""Files that are made in the answer, and kept by nobody."""

from odoo.http import request

PDF = "application/pdf"


def attachment(content, kind, name):
    """Return a file that the browser saves and nobody keeps."""
    return request.make_response(
        content,
        headers=[
            ("Content-Type", kind),
            ("Content-Disposition", f'attachment; filename="{name}"'),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
