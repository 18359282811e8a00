from . import spending, uptake
