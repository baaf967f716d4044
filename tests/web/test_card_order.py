"""The order of a card: what changes the answer to "now" comes before what it costs and who will know."""

from dataclasses import replace

import msgspec

from youthapp import create_app
from youthapp.i18n.languages import SOURCE
from youthapp.library.library import Library
from youthapp.library.schema import Act, Text
from youthapp.settings import Settings


def test_danger_signs_come_before_cost_adult_and_who_will_know() -> None:
    ours = Library.load()
    card = msgspec.structs.replace(
        ours.get("took-too-much"),
        go_now=(Text("You faint."),),
        do=(Act(text=Text("Call 911.")),),
        cannot_call=Text("Show this to someone."),
    )
    library = replace(ours, records={**ours.records, card.id: card})
    html = (
        create_app(Settings(), library=library, languages=(SOURCE,))
        .test_client()
        .get(f"/en/{card.code}")
        .get_data(as_text=True)
    )
    places = [html.index(part) for part in ("You faint.", "Call 911.", "Show this to someone.", "data-facts")]
    assert places == sorted(places)
