from . import (
    agreement_check,
    agreement_comparison,
    employee_import,
    employee_import_line,
    entitlement_preview,
    setup,
    setup_line,
)
