from . import (
    test_casework_flow,
)
