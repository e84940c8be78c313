"""What the made-up actions of the demo plan say; loaded by ``action_demo``."""

from typing import Any

from actionplan.models import FundingSource, Indicator, Risk, TestingAction

Kind, Measure, Level = Indicator.Kind, Indicator.Measure, Risk.Level
# Title, in English, title of the strategic one it is part of.
OBJECTIVES = [
    ("Beispielziel: Energie bleibt in der Stadt", "Example: energy stays in the city", None),
    ("Wärme, die übrig ist, wird genutzt", "Heat that is left over is used", 0),
    ("Betriebe brauchen weniger Strom", "Firms need less electricity", 0),
    ("Beispielziel: Stoffe bleiben im Kreis", "Example: materials stay in the loop", None),
    ("Metallreste werden vor Ort wieder Metall", "Scrap becomes metal again nearby", 3),
]
AREAS = [
    ("Beispielfeld Wärme", "Example field: heat"),
    ("Beispielfeld Stoffe", "Example field: materials"),
    ("Beispielfeld Menschen", "Example field: people"),
]
SOURCES = [
    (FundingSource.Kind.OWN, "Beispielhaushalt der Stadt", "Example budget of the city"),
    (FundingSource.Kind.STATE, "Beispielförderung des Landes", "Example grant of the state"),
    (FundingSource.Kind.PRIVATE, "Eigenmittel der Musterbetriebe", "Example firms’ own money"),
]
DESCRIPTION = """
<p>Ein erfundenes Beispiel. So könnte hier stehen, was genau getan wird, für wen und warum.</p>
<ul><li>Was es heute schon gibt</li><li>Was neu dazukommt</li><li>Wer davon etwas hat</li></ul>
"""
# Steps: title, who, first and last day from the beginning of the action, steps of others and of
# the same action after which it comes: (number of the action, number of the step).
# Funding: number of the source, years from now, planned, secured, spent.
ACTIONS: list[dict[str, Any]] = [
    {
        "title": "Beispiel: Karte der übrigen Wärme",
        "title_en": "Example: map of heat that is left over",
        "summary": "Drei erfundene Betriebe zeigen, wo Wärme übrig bleibt und wer sie braucht.",
        "summary_en": "Three made-up firms show where heat is left over and who needs it.",
        "objective": 1, "area": 0, "begins": -60, "days": 150, "cost": 18_000,
        "cost_note": "Erfunden: ein Angebot und eigene Stunden",
        "steps": [
            ("Betriebe befragen", "Musterfirma Klingen GmbH", 0, 40, []),
            ("Karte zeichnen", "Beispielamt", 41, 90, [(1, 1)]),
            ("Karte öffentlich vorstellen", "Beispielamt", 120, 120, [(1, 2)]),
        ],
        "funding": [(0, 0, 12_000, 12_000, 7_500), (2, 0, 6_000, 3_000, 0)],
        "risks": [
            (Risk.Kind.ACCEPTANCE, "Betriebe nennen ihre Zahlen nicht", Level.MEDIUM, Level.HIGH,
             "Zahlen nur zusammengefasst zeigen", "Erika Beispiel"),
        ],
        "indicators": [
            (Kind.OUTPUT, Measure.NUMBER, "Betriebe auf der Karte", "Betriebe", 0, 20),
            (Kind.RESULT, Measure.NUMBER, "Nutzbare Wärme, die bekannt ist", "MWh im Jahr",
             0, "1250.5"),
        ],
        "cites": True,
    },
    {
        "title": "Beispiel: Wärme einer Härterei heizt die Halle nebenan",
        "title_en": "Example: a hardening shop’s heat warms the hall next door",
        "summary": "Eine erfundene Leitung von 80 Metern spart den Gaskessel der Nachbarhalle.",
        "objective": 1, "area": 0, "begins": 90, "days": 420, "cost": 240_000,
        "steps": [
            ("Leitung planen", "Musterwerkzeug KG", 0, 90, [(1, 2)]),
            ("Liefervertrag schließen", "Musterfirma Klingen GmbH", 60, 150, [(1, 2)]),
            ("Leitung bauen", "Musterwerkzeug KG", 151, 330, [(2, 1), (2, 2)]),
            ("Ein Heizwinter messen", "Muster-Institut", 331, 420, [(2, 3)]),
        ],
        "funding": [(1, 0, 60_000, 60_000, 0), (1, 1, 90_000, 0, 0), (2, 1, 80_000, 80_000, 0)],
        "risks": [
            (Risk.Kind.FINANCIAL, "Förderung kommt später als geplant", Level.HIGH, Level.HIGH,
             "Bau in zwei Abschnitten ausschreiben", "Beispielamt"),
            (Risk.Kind.TECHNICAL, "Temperatur reicht im Winter nicht", Level.LOW, Level.MEDIUM,
             "Kessel bleibt als Reserve", ""),
        ],
        "indicators": [
            (Kind.RESULT, Measure.NUMBER, "Eingespartes Gas", "MWh im Jahr", 0, 310),
            (Kind.OUTPUT, Measure.YES_NO, "Leitung ist in Betrieb", "", 0, 1),
        ],
        "tests": [
            ("Eine Woche Wärme mit einem mobilen Tauscher", "Die Halle wird auch bei Frost warm.",
             "Auch bei −6 °C waren es 18 °C.", TestingAction.Decision.GO, "Die Annahme stimmte."),
        ],
        "cites": True,
    },
    {
        "title": "Beispiel: Strom sparen in zehn Werkstätten",
        "title_en": "Example: ten workshops save electricity",
        "summary": "Erfundene Rundgänge finden, was nachts unnötig läuft.",
        "objective": 2, "area": 2, "begins": -20, "days": 300, "cost": 32_500,
        "steps": [
            ("Werkstätten gewinnen", "Musterkammer", 0, 60, []),
            ("Rundgänge machen", "Muster-Institut", 61, 200, [(3, 1)]),
        ],
        "funding": [(0, 0, 15_000, 15_000, 2_000), (0, 1, 17_500, 0, 0)],
        "risks": [
            (Risk.Kind.ORGANISATIONAL, "Niemand hat Zeit für den Rundgang", Level.HIGH,
             Level.MEDIUM, "Abends und samstags anbieten", "Musterkammer"),
        ],
        "indicators": [
            (Kind.OUTPUT, Measure.NUMBER, "Begangene Werkstätten", "Werkstätten", 1, 10),
            (Kind.RESULT, Measure.WORDS, "Was die Werkstätten sagen", "", None, None),
        ],
    },
    {
        "title": "Beispiel: Schleifschlamm gemeinsam sammeln",
        "title_en": "Example: grinding sludge collected together",
        "objective": 4, "area": 1, "begins": 30, "days": 200, "cost": 54_000,
        "steps": [
            ("Mengen erheben", "Musterrecycling GmbH", 0, 45, []),
            ("Sammeltour ausprobieren", "Musterrecycling GmbH", 46, 120, [(4, 1)]),
        ],
        "funding": [(2, 0, 20_000, 5_000, 0)],
        "risks": [
            (Risk.Kind.LEGAL, "Transport gilt als Abfallentsorgung", Level.MEDIUM,
             Level.VERY_HIGH, "Früh mit der Beispielbehörde sprechen", "Beispielamt"),
        ],
        "indicators": [
            (Kind.RESULT, Measure.NUMBER, "Metall, das zurückkommt", "t im Jahr", 0, "12.5"),
        ],
        "tests": [
            ("Eine Tour mit drei Betrieben", "Eine Tour im Monat genügt.", "", "", ""),
        ],
    },
    {
        "title": "Beispiel: Halle für gebrauchte Maschinen",
        "title_en": "Example: a hall for used machines",
        "summary": "Bisher ohne Geld: ein erfundener Ort, an dem Maschinen weiterziehen.",
        "objective": 4, "area": 1, "begins": 400, "days": 300, "cost": 480_000, "unfunded": True,
        "steps": [("Standort suchen", "Beispielamt", 0, 120, [])],
        "risks": [
            (Risk.Kind.FINANCIAL, "Es findet sich kein Geldgeber", Level.VERY_HIGH,
             Level.VERY_HIGH, "Kleiner anfangen: ein Schaufenster im Netz", ""),
        ],
        "indicators": [(Kind.OUTPUT, Measure.NUMBER, "Vermittelte Maschinen", "Stück", 0, 40)],
    },
    {
        "title": "Beispiel: Lastenräder für jede Werkstatt",
        "title_en": "Example: a cargo bike for every workshop",
        "objective": 2, "area": 2, "begins": 10, "days": 100, "cost": 90_000,
        "dropped": "Ein erfundener Grund: Die Wege sind zu steil und die Teile zu schwer.",
    },
    {
        "title": "Beispiel: Ausbildung zur Energie im Betrieb",
        "title_en": "Example: training for energy in firms",
        "summary": "Noch ein Gedanke, kein Vorhaben: Hier sieht man, was alles offen ist.",
        "objective": 2, "area": 2,
    },
    {
        "title": "Beispiel: Reststücke für Schulen",
        "title_en": "Example: offcuts for schools",
        "area": 2, "begins": 60, "days": 90, "cost": 3_500,
        "steps": [("Schulen fragen", "Erika Beispiel", 0, 30, [])],
        "funding": [(0, 0, 3_500, 3_500, 0)],
        "indicators": [(Kind.OUTPUT, Measure.NUMBER, "Schulen", "Schulen", 0, 4)],
    },
]  # fmt: skip
