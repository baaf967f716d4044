"""Numbers as real lists write them."""

import pytest

from youthapp.places import phones


@pytest.mark.parametrize(
    ("text", "number", "extension"),
    [
        ("916-555-0101", "+19165550101", ""),
        ("(916) 555-0101", "+19165550101", ""),
        ("650 780-7525", "+16507807525", ""),
        ("1-916-555-0101", "+19165550101", ""),
        ("916.555.0101", "+19165550101", ""),
        ("530-555-0130 ext. 4", "+15305550130", "4"),
        ("530-555-0130 x54134", "+15305550130", "54134"),
        ("(530) 555-0130, extension 7", "+15305550130", "7"),
    ],
)
def test_a_number_is_read(text: str, number: str, extension: str) -> None:
    assert phones.read(text) == (number, extension)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "916-555-HELP",
        "(   ) 555-",
        "555-0101",
        "916-555-0101 / 916-555-0102",
        "900-555-0101",
        "016-555-0101",
        "call Mike",
        "@mike",
        "916-976-1234",
        "9-999-999-9999-9",
    ],
)
def test_what_cannot_be_dialled_is_refused(bad: str) -> None:
    with pytest.raises(phones.PhoneError):
        phones.read(bad)


def test_a_short_code_takes_texts() -> None:
    assert phones.read_text_number("741741") == "741741"
    assert phones.read_text_number("916-555-0102") == "+19165550102"


def test_it_is_shown_as_people_write_it() -> None:
    assert phones.shown("+15305550130", "4") == "530-555-0130 ext. 4"
