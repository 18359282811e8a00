"""Words of the internal-mobility budget: what lines are for, and what a line does.

Pure Python, as :mod:`.constants`: models build their selections from here.
"""

TRAINING = "training"
SHADOWING = "shadowing"
TRIAL = "trial"
OVERLAP = "overlap"
RELOCATION = "relocation"
COACHING = "coaching"
SELF_EMPLOYED = "self_employed"
RIGHTS = "rights"
KINDS = [
    (TRAINING, "Training"),
    (SHADOWING, "Watching somebody at work"),
    (TRIAL, "Trial placement"),
    (OVERLAP, "Overlap of salaries"),
    (RELOCATION, "Relocation"),
    (COACHING, "Coaching"),
    (SELF_EMPLOYED, "Start as self-employed"),
    (RIGHTS, "Rights of the agreement"),
]
#: What an employee can ask for: everything but a right, which nobody has to ask for.
MEASURES = tuple(code for code, _label in KINDS if code != RIGHTS)
#: What the desk can pay with a voucher.
BY_VOUCHER = (TRAINING, COACHING)

# What becomes of what is left at the end of the period.
CARRY = "carry"
LAPSE = "lapse"
RESTS = [
    (CARRY, "Goes to the next budget"),
    (LAPSE, "Lapses"),
]

DRAFT = "draft"
OPEN = "open"
CLOSED = "closed"
STATES = [(DRAFT, "Being made"), (OPEN, "Open"), (CLOSED, "Closed")]

# Which budget would have paid for a measure if there were none for internal moves.
RECRUITMENT = "recruitment"
LEARNING = "learning"
NEITHER = "neither"
OTHERWISE = [
    (RECRUITMENT, "The recruitment budget"),
    (LEARNING, "The learning budget"),
    (NEITHER, "Neither"),
]
#: What is usual for each kind; whoever makes the budget can say otherwise.
USUAL_OTHERWISE = {
    TRAINING: LEARNING,
    SHADOWING: NEITHER,
    TRIAL: NEITHER,
    OVERLAP: NEITHER,
    RELOCATION: RECRUITMENT,
    COACHING: LEARNING,
    SELF_EMPLOYED: NEITHER,
    RIGHTS: LEARNING,
}
