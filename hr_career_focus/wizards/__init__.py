from . import employee_import, employee_import_line, setup, setup_line
