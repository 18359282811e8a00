from . import test_bill
