"""What people of the demo write, in Dutch and English. All of it is invented."""

MANDATE_SCOPE = (
    "Answers requests for career guidance and matches coaches. Does not see what "
    "employees and coaches write to each other. Reports to nobody about persons."
)
WHY_NAMES = (
    "Next month I hand the desk over for my leave. I want to go through the list with "
    "whoever replaces me, once."
)
COUNCIL_DOCUMENT = "Minutes of the works council, agenda item 4"
PURPOSE = (
    "Career Focus is for you: to find out what you want in your work, and how to get "
    "there. You decide whether, when and with whom. It is never used to judge you, to "
    "plan who leaves, or to decide about your contract. Your manager and HR do not see "
    "that you ask."
)

COACHES = {
    "joris": {
        "is_external": True,
        "introduction": "Twenty years with people who make things: journalists, "
        "editors, makers. We start with what gives you energy and soon go outside to "
        "look.",
        "region": "Nijmegen, Arnhem",
        "meets_in_person": True,
        "meets_by_video": True,
        "other_assignments": "None",
        "specialisms": ("direction", "new_occupation", "self_employed"),
    },
    "sofie": {
        "is_external": False,
        "introduction": "I know the house and its makers from the inside. What you "
        "tell me stays with me.",
        "region": "Nijmegen",
        "meets_in_person": True,
        "meets_by_phone": True,
        "writes": True,
        "other_assignments": "Gives the training for new presenters.",
        "specialisms": ("growth", "direction"),
    },
    "mieke": {
        "is_external": True,
        "introduction": "Loopbaancoach voor mensen in de zorg. Rustig, concreet en met "
        "humor. Wandelend of aan tafel, zoals jij wilt.",
        "region": "Mechelen, Antwerpen",
        "meets_in_person": True,
        "meets_by_video": True,
        "meets_by_phone": True,
        "other_assignments": "None",
        "specialisms": ("energy", "direction", "later_career"),
    },
}
REGISTERS = {
    "joris": [{"body": "Noloc", "number": "demo-1187"}],
    "sofie": [],
    "mieke": [{"body": "NOBCO", "number": "demo-2045"}],
}

#: Agreements between employee and coach.
AGREEMENTS = {
    "nl": {
        "goal": "Helder krijgen wat je de komende vijf jaar wilt, en één stap zetten.",
        "approach": "Gesprekken om de drie weken, opdrachten ertussen, en twee keer "
        "meelopen bij iemand anders.",
        "sessions": "6",
        "hours": "9",
        "both_sides": "We bellen af als het niet lukt, uiterlijk een dag van tevoren.",
        "reporting": "Niemand krijgt een verslag. Jij bepaalt wat je vertelt.",
    },
    "en": {
        "goal": "Find out what you want next, and take one step towards it.",
        "approach": "A talk every three weeks, small tasks in between.",
        "sessions": "5",
        "hours": "7.5",
        "both_sides": "We cancel a day ahead if we have to.",
        "reporting": "No report to anybody. You decide what you tell.",
    },
}

#: First questions; most people write a line or two.
QUESTIONS = (
    "Ik doe dit werk nu elf jaar en merk dat ik op de automatische piloot ga.",
    "I would like to know whether I am still in the right place.",
    "Ik twijfel tussen leidinggeven en juist terug naar het vak.",
    "Mijn rooster past niet meer bij thuis. Wat kan ik nog meer?",
    "I want to make more of my languages. No idea where to start.",
    "Nog negen jaar tot mijn pensioen. Hoe houd ik het leuk?",
    "Ik wil graag weten of mijn plan om te gaan studeren haalbaar is.",
    "",
)

KARIM_QUESTION = (
    "Ik maak al acht jaar nieuws en ik hou van het vak, maar de nachtdiensten beginnen "
    "te wringen. Wat kan iemand als ik nog meer, zonder het maken kwijt te raken?"
)
KARIM_NOTES = (
    {
        "title": "Wat gaf energie deze week",
        "text": "Het gesprek met de stagiair over interviewen. Drie kwartier weg "
        "zonder op de klok te kijken. Uitleggen hoe je een stilte laat vallen: dat is "
        "het.",
    },
    {
        "title": "Niet vergeten",
        "text": "Vragen aan Noor hoe zij de overstap naar de opleiding deed. Wat "
        "kostte het haar in salaris?",
    },
)
KARIM_MESSAGES = (
    (
        "coach",
        "Dank voor je openheid gisteren, Karim. Je zei drie keer 'uitleggen'. Schrijf "
        "voor de volgende keer eens vijf momenten op waarop je iemand iets leerde.",
    ),
    (
        "employee",
        "Gedaan. Het zijn er negen geworden. Eén ervan was in de kantine.",
    ),
    ("coach", "Negen is ook een antwoord. Neem ze mee, dan leggen we ze naast elkaar."),
)
KARIM_PLAN = {
    "ambitions": "Binnen twee jaar minstens de helft van mijn tijd mensen opleiden.",
    "strengths": "Interviewen, rustig blijven, ingewikkelde dingen klein maken.",
    "steps": "1. Meelopen met een docent radio. 2. Een proefles geven. 3. Uitzoeken "
    "wat een lesbevoegdheid vraagt.",
    "text": "",
}
KARIM_EXPLORATION = {
    "tried": "Ochtend meegelopen op de opleiding journalistiek.",
    "learned": "Veel minder zenden dan ik dacht. De helft is kijken en vragen.",
    "next_step": "Vragen of ik in het voorjaar een les mag geven.",
}

DAAN_PLAN = {
    "ambitions": "Stay here, and do design and data instead of daily news.",
    "strengths": "Precise, patient, I see patterns.",
    "steps": "1. Course in data journalism (done). 2. Two days a week with the "
    "designers (agreed, starts next month).",
    "text": "Told my manager the last step myself. It went fine.",
}
DAAN_OUTCOME = "Two days a week at design, three at the desk. Exactly enough."

LEEN_QUESTION = (
    "Na vijftien jaar nachten wil ik weten of ik overdag iets kan doen waar ik even "
    "graag voor opsta."
)
LEEN_MESSAGES = (
    (
        "coach",
        "Fijn dat je er was, Leen. Neem je lijstje met 'goesting' en 'geen goesting' "
        "mee volgende keer?",
    ),
    ("employee", "Zal ik doen. De kolom met goesting is langer dan ik dacht."),
)
LEEN_NOTE = {
    "title": "Goesting",
    "text": "Families begeleiden bij een opname. Studenten op de dienst. Alles waar "
    "tijd voor mag zijn.",
}

DECLINE_REASON = (
    "Uit de gegevens blijkt dat je nog geen arbeidsovereenkomst bij ons hebt: je werkt "
    "via een bureau. Daardoor geldt deze regeling nog niet. Je kunt wel terecht bij je "
    "eigen werkgever; bel me gerust, dan denk ik mee."
)

BUDGET_NAME = "Moves to other work {year}"
#: Who is paid: one with a login for its coach, or with a key.
PROVIDERS = {
    "bakker": {
        "name": "Bakker Loopbaan",
        "coach": "joris",
        "company": "W",
        "email": "administratie@bakkerloopbaan.example",
        "prices": {"vat_rate": 21, "hour_rate": 121, "session_rate": 181.5},
    },
    "kompas": {
        "name": "Kompas Coaching",
        "coach": "mieke",
        "company": "Z",
        "email": "facturen@kompascoaching.example",
        "prices": {"vat_rate": 21, "hour_rate": 108.9},
    },
    "ouali": {
        "name": "Nadia Ouali, sollicitatiecoach",
        "coach": "",
        "company": "W",
        "email": "nadia@oualicoacht.example",
        "prices": {"vat_rate": 21, "hour_rate": 96.8},
    },
}
#: What people ask from the budget.
MEASURES = {
    "training": "Een cursus van drie dagen, dicht bij het werk dat ik straks wil doen.",
    "shadowing": "Een dag meelopen bij een ander huis. Het gaat om reis en vervanging.",
    "coaching": "Een paar gesprekken extra, om de stap ook echt te zetten.",
    "overlap": "Bij Online kan ik een maand meewerken naast wie er nu zit. Mijn eigen "
    "plek moet dan alvast bezet zijn.",
}
PROMISE = "Mooi plan. Laat me weten zodra de maand vaststaat."
LOTTE_MEASURE = (
    "De training 'Leidinggeven, iets voor mij?' van twee dagen. Dan weet ik het voor "
    "ik ergens op reageer."
)
DAAN_MEASURE = "Course in data journalism, six evenings. The next one starts soon."

NOTES = (
    {"title": "", "text": "Eerste gesprek was prettig. Huiswerk: tijdlijn maken."},
    {"title": "Strengths", "text": "Calm, curious, good with difficult people."},
    {"title": "Droom", "text": "Eigen podcast. Of in elk geval: iets van mij."},
)
MESSAGES = (
    "Thanks for today. I will send you the list before our next talk.",
    "Dank je wel voor het gesprek, ik ben aan het denken gezet.",
    "Volgende week kan ik ook op dinsdag, als dat beter uitkomt.",
)
