from . import (
    employee_import,
    employee_import_line,
    entitlement_preview,
    setup,
    setup_line,
)
