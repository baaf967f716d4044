"""An invented place, as a row of the sheet: what tests change one thing of."""

ROW = {
    "name": "Sample Kitchen",
    "kinds": "food",
    "county": "Fresno",
    "city": "Fresno",
    "phone": "559-555-0110",
    "checked_on": "2026-11-01",
    "how_checked": "rang",
}
