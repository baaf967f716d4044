"""Hours: what is read, what is refused, and that what is written down is read the same again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthapp.places import hours

READ = {
    "Mo-Fr 09:00-17:00": "Mo-Fr 09:00-17:00",
    "Mo-Fr 09:00-17:00; Sa[1] 10:00-12:00; 2026-12-25 off": "Mo-Fr 09:00-17:00; Sa[1] 10:00-12:00; 2026-12-25 off",
    "24/7": "24/7",
    "24 hours": "24/7",
    "Open 24 hours": "24/7",
    "24 hours, 7 days a week": "24/7",
    "Fr 20:00-02:00": "Fr 20:00-02:00",
    "Tu,Th 14:00-18:00": "Tu,Th 14:00-18:00",
    "9am-5pm Mon-Fri": "Mo-Fr 09:00-17:00",
    "Monday - Friday, 9 a.m. - 5 p.m.": "Mo-Fr 09:00-17:00",
    "Mon through Thurs 8:30am to 4pm": "Mo-Th 08:30-16:00",
    "Mo-Fr 11:30-13:00,15:00-17:00": "Mo-Fr 11:30-13:00,15:00-17:00",
    "Daily 10am-10pm": "Mo-Su 10:00-22:00",
    "weekdays 9-5pm": "Mo-Fr 09:00-17:00",
    "Sat 10-2pm": "Sa 10:00-14:00",
    "Mo 9am-5pm, Tu 10am-6pm": "Mo 09:00-17:00; Tu 10:00-18:00",
    "Fri 8pm-midnight": "Fr 20:00-24:00",
    "Sun noon-4pm": "Su 12:00-16:00",
    "Fr-Mo 18:00-08:00": "Mo,Fr,Sa,Su 18:00-08:00",
    "": "unknown",
    "unknown": "unknown",
    "Call for hours": "unknown",
}


@pytest.mark.parametrize(("text", "canonical"), READ.items())
def test_hours_are_read(text: str, canonical: str) -> None:
    assert hours.read(text).canonical() == canonical


@pytest.mark.parametrize("text", [*READ.values()])
def test_the_canonical_form_is_read_the_same_again(text: str) -> None:
    assert hours.read(text).canonical() == text


@pytest.mark.parametrize(
    "bad",
    [
        "9-5",
        "Mo-Fr 9-5",
        "Mo-Fr",
        "Mo-Fr 25:00-26:00",
        "Mo-Xx 09:00-10:00",
        "9:9a-5p Mon",
        "14:00,4:00 PM",
        "09:00-09:00 Mo",
        "Mo-Fr 999a-5pm",
        "24/7; Mo 09:00-10:00",
        "Sa[9] 10:00-12:00",
        "when we feel like it",
        "1st Monday 9am-5pm",
    ],
)
def test_nothing_is_guessed(bad: str) -> None:
    with pytest.raises(hours.HoursError):
        hours.read(bad)


def test_past_midnight_runs_into_the_next_day() -> None:
    assert hours.read("Fr 20:00-02:00").rules == (hours.Rule((4,), ((1200, 1560),)),)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        told = hours.read(text).canonical()
    except hours.HoursError:
        return
    assert hours.read(told).canonical() == told
