"""The import of a list: what is read, what stays out and why, what two people must look at, and that no street gets
through."""

import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.places import ROW
from youthapp.cli import main
from youthapp.places import importing, store
from youthapp.places.rows import COLUMNS, ImportFileError

HERE = Path(__file__).parent
TODAY = date(2026, 11, 28)


def sheet(folder: Path, *rows: dict[str, str], header: tuple[str, ...] = COLUMNS) -> Path:
    """Write rows as a CSV and return its path."""
    path = folder / "list.csv"
    lines = [",".join(header)] + [",".join(f'"{row.get(name, "")}"' for name in header) for row in rows]
    path.write_text("\n".join(lines), "utf-8")
    return path


def understood(folder: Path, *rows: dict[str, str]) -> importing.Import:
    return importing.understand(sheet(folder, *rows), TODAY, {})


def test_the_template_is_taken_whole() -> None:
    result = importing.understand(HERE / "template.csv", TODAY, {})
    assert (result.read, len(result.taken), result.left_out) == (6, 6, [])
    corner, van = result.taken["corner-table"], result.taken["night-van"]
    assert corner.address == "100 Example St"
    assert van.status == "paused"
    assert result.taken["harbor-line-house"].secret
    assert result.taken["riverbend-clinic"].extension == "4"
    assert result.taken["first-light-drop-in"].hours == "Mo-Fr 10:00-18:00; Fr 20:00-02:00; 2026-12-25 off"


WRONG = {
    ("name", ""): "is empty",
    ("name", "Call Mike 916-555-0101"): "a number, a link",
    ("name", "Beds, ask for Mike"): "way to reach a person",
    ("kinds", "castle"): 'has "castle"',
    ("county", "Clark"): "no county of California",
    ("phone", "call us"): "is not a number",
    ("phone", "900-555-0100"): "costs the caller",
    ("web", "http://example.org"): "https://",
    ("web", "javascript:alert(1)"): "https://",
    ("hours", "Mo-Fr 9-5"): "without am or pm",
    ("age_min", "12-17"): "one number",
    ("age_min", "30"): "under age_min",
    ("id_needed", "maybe"): 'is "maybe"',
    ("note_en", "x" * 161): "161 letters",
    ("note_en", "Text me at 916-555-0101"): "a number, a link",
    ("note_en", "<b>Hi</b>"): "HTML",
    ("note_en", "=SUM(A1)"): "a sum",
    ("note_en", "write sam@example.org"): "e-mail",
    ("checked_on", "2027-01-01"): "still to come",
    ("checked_on", "yesterday"): 'is "yesterday"',
    ("how_checked", "guessed"): 'is "guessed"',
    ("zip", "123"): "5 digits",
    ("id", "Not An Id"): "small letters",
    ("languages", "Spanish"): "codes",
    ("status", "maybe"): 'is "maybe"',
}


@pytest.mark.parametrize(("change", "reason"), WRONG.items())
def test_a_wrong_cell_keeps_its_row_out_and_says_why(change: tuple[str, str], reason: str, tmp_path: Path) -> None:
    column, value = change
    bad = {**ROW, "age_max": "20", column: value}
    result = understood(tmp_path, bad, {**ROW, "name": "Another Kitchen"})
    assert list(result.taken) == ["another-kitchen-fresno"]
    (problem,) = result.left_out
    assert problem.row == 2
    assert reason in f"{problem.reason} {problem.write}"


def test_a_bed_for_minors_may_not_say_that_nobody_is_told_without_a_reason(tmp_path: Path) -> None:
    bed = {**ROW, "kinds": "bed", "tells_parent": "no", "age_min": "13"}
    assert "tells_parent" in [problem.column for problem in understood(tmp_path, bed).left_out]
    assert not understood(tmp_path, {**bed, "note_en": "Licensed so that no parent must agree."}).left_out


def test_a_free_bed_for_girls_with_nobody_behind_it_is_refused(tmp_path: Path) -> None:
    trap = {**ROW, "name": "Free Bed", "kinds": "bed", "for": "girls", "age_min": "13", "age_max": "17"}
    assert not understood(tmp_path, trap).taken


CANARY = "4711 Zanzibar Street"


def test_a_street_is_shown_only_where_it_may_be(tmp_path: Path) -> None:
    yes = {**ROW, "show_address": "yes", "address": CANARY}
    assert understood(tmp_path, yes).taken["sample-kitchen-fresno"].address == CANARY
    assert not understood(tmp_path, {**yes, "show_address": "no"}).taken["sample-kitchen-fresno"].address
    bed = understood(tmp_path, {**yes, "kinds": "bed", "agreed": ""})
    assert not bed.taken
    assert bed.left_out[0].column == "agreed"


@pytest.mark.parametrize(
    "written", ["4711 Zanzibar Street", "4711 N Zanzibar St., Apt 3", "4711 zanzibar ave", "4711 ZANZIBAR"]
)
def test_a_street_withheld_once_is_withheld_in_every_row(written: str, tmp_path: Path) -> None:
    hidden = {**ROW, "name": "Quiet House", "kinds": "bed", "show_address": "no", "address": CANARY}
    same = {
        **ROW,
        "name": "Lunch Room",
        "show_address": "yes",
        "address": written,
        "zip": "93721",
        "note_en": f"Come to {written} by the side door.",
    }
    named = {**ROW, "name": f"Kitchen at {written}"}
    result = understood(tmp_path, hidden, same, named)
    assert set(result.taken) == {"quiet-house-fresno", "lunch-room-fresno"}
    assert not result.taken["lunch-room-fresno"].address
    assert not result.taken["lunch-room-fresno"].note
    assert (
        "anzibar"
        not in json.dumps(
            [result.as_json(), repr(result.taken), [str(one) for one in result.left_out]], default=str
        ).casefold()
    )
    assert result.withheld == 1


def test_a_secret_row_with_a_street_stops_the_import(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="row 3, address") as refused:
        understood(tmp_path, ROW, {**ROW, "name": "Harbor", "show_address": "never", "address": CANARY})
    assert "anzibar" not in str(refused.value)


def organisation(folder: Path) -> dict[str, str]:
    (folder / "records").mkdir(exist_ok=True)
    return {"PORCHLIGHT_RECORDS": str(folder / "records")}


def run(folder: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["places", *words], env=organisation(folder))
    return result.exit_code, result.output


def test_nothing_new_is_written_without_two_people(tmp_path: Path) -> None:
    file = str(sheet(tmp_path, ROW))
    code, told = run(tmp_path, "import", file, "--write")
    assert code
    assert "Two people" in told
    code, told = run(tmp_path, "import", file, "--write", "--checked-by", "MR", "--second", "mr")
    assert code
    assert not list((tmp_path / "records").rglob("*.toml"))
    code, told = run(tmp_path, "import", file, "--write", "--checked-by", "MR", "--second", "JT")
    assert (code, len(list((tmp_path / "records" / "places").glob("*.toml")))) == (0, 1)


def test_loading_the_same_file_again_changes_nothing_and_edits_by_hand_stay(tmp_path: Path) -> None:
    who = ("--write", "--checked-by", "MR", "--second", "JT")
    file = sheet(tmp_path, ROW, {**ROW, "name": "Other Room"})
    run(tmp_path, "import", str(file), *who)
    place = tmp_path / "records" / "places" / "sample-kitchen-fresno.toml"
    before = {path.name: path.read_bytes() for path in place.parent.glob("*.toml")}
    run(tmp_path, "import", str(file), *who)
    assert {path.name: path.read_bytes() for path in place.parent.glob("*.toml")} == before
    place.write_text(place.read_text().replace('phone = "+15595550110"', 'phone = "+15595550199"'))
    sheet(tmp_path, {**ROW, "phone": "559-555-0111", "cost": "free"})
    code, told = run(tmp_path, "import", str(file), "--json", *who)
    assert code == 0, told
    changed = {change["id"]: change for change in json.loads(told)["changed"]}
    assert changed["sample-kitchen-fresno"] == {"id": "sample-kitchen-fresno", "fields": ["cost"], "by_hand": ["phone"]}
    assert 'phone = "+15595550199"' in place.read_text()
    assert json.loads(told)["vanished"] == ["other-room-fresno"]
    assert "vanished = true" in (place.parent / "other-room-fresno.toml").read_text()


def test_an_import_that_breaks_off_leaves_the_old_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    result = importing.understand(sheet(tmp_path, ROW), TODAY, {})
    store.write(folder, importing.apply(result, {}, "MR", "JT"))
    calls = []

    def broken(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:
            raise OSError("no room")
        return Path.rename(self, target)

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="no room"):
        store.write(folder, {})
    monkeypatch.undo()
    store.recover(folder)
    assert list(store.load(folder)) == ["sample-kitchen-fresno"]


def test_what_is_due_names_the_number_to_ring_and_is_marked_by_one_command(tmp_path: Path) -> None:
    run(
        tmp_path,
        "import",
        str(sheet(tmp_path, {**ROW, "kinds": "bed", "checked_on": "2026-06-01"})),
        "--write",
        "--checked-by",
        "MR",
        "--second",
        "JT",
    )
    _code, told = run(tmp_path, "due")
    assert "559-555-0110" in told
    assert "1 of 1 are due" in told
    run(tmp_path, "checked", "sample-kitchen-fresno", "--how", "rang", "--by", "JT")
    assert "0 of 1 are due" in run(tmp_path, "due")[1]


def test_a_workbook_reads_as_its_csv(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(list(COLUMNS))
    book.active.append([{**ROW, "age_min": 14}.get(name) for name in COLUMNS])
    book.save(tmp_path / "list.xlsx")
    result = importing.understand(tmp_path / "list.xlsx", TODAY, {})
    assert result.taken["sample-kitchen-fresno"].age_min == 14


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_spreadsheets_csv_is_read(encoding: str, end: str, delimiter: str, tmp_path: Path) -> None:
    lines = [delimiter.join(COLUMNS), delimiter.join({**ROW, "name": "Peña Café"}.get(name, "") for name in COLUMNS)]
    (tmp_path / "list.csv").write_bytes(end.join(lines).encode(encoding))
    assert importing.understand(tmp_path / "list.csv", TODAY, {}).taken["pena-cafe-fresno"].name == "Peña Café"


def test_five_thousand_rows_are_read_and_written_and_read_again(tmp_path: Path) -> None:
    many = [
        {
            **ROW,
            "name": f"Kitchen {number}",
            "kinds": "food; wash",
            "hours": "Mo-Fr 09:00-17:00",
            "address": f"{number} Example St",
        }
        for number in range(5000)
    ]
    result = importing.understand(sheet(tmp_path, *many), TODAY, {})
    assert len(result.taken) == 5000
    (tmp_path / "records").mkdir()
    store.write(tmp_path / "records", importing.apply(result, {}, "MR", "JT"))
    assert len(store.places(tmp_path / "records")) == 5000


ICAROL = {
    "PublicName": "Sample Pantry",
    "PhysicalAddress1": CANARY,
    "PhysicalCity": "Fresno",
    "PhysicalCounty": "Fresno",
    "PhysicalStateProvince": "CA",
    "PhysicalPostalCode": "93721",
    "Phone1Number": "(559) 555- 0110",
    "HoursOfOperation": "Monday - Friday, 9 a.m. - 5 p.m.",
    "TaxonomyCodes": "BD-1800.2000",
    "LastVerifiedOn": "2026-10-01",
    "Latitude": "36.7",
    "AgencyDescription": f"<p>Come to {CANARY}</p>",
    "WebsiteAddress": "www.example.org",
}


def icarol(folder: Path, *rows: dict[str, str]) -> importing.Import:
    header = (*ICAROL, "AgencyStatus", "ExcludeFromWebsite", "PhysicalAddressIsPrivate", "Phone1IsPrivate")
    path = sheet(folder, *rows, header=header)
    path.write_text(path.read_text().replace("\n", "\r"))
    return importing.understand(path, TODAY, {})


def test_an_icarol_export_is_read_without_its_free_text_and_streets(tmp_path: Path) -> None:
    result = icarol(
        tmp_path,
        ICAROL,
        {**ICAROL, "PublicName": "Gone", "AgencyStatus": "Inactive"},
        {**ICAROL, "PublicName": "Kept Off", "ExcludeFromWebsite": "Yes"},
        {**ICAROL, "PublicName": "No Code", "TaxonomyCodes": "ZZ-1"},
    )
    (place,) = result.taken.values()
    assert (place.phone, place.hours, place.web, place.kinds) == (
        "+15595550110",
        "Mo-Fr 09:00-17:00",
        "https://www.example.org",
        ("food",),
    )
    assert len(result.left_out) == 3
    assert "anzibar" not in repr(place).casefold()


def test_a_private_row_hides_its_street_in_every_other_row(tmp_path: Path) -> None:
    private = {**ICAROL, "PublicName": "Harbor", "TaxonomyCodes": "BH-1800.1500-100", "PhysicalAddressIsPrivate": "Yes"}
    result = icarol(tmp_path, private, {**ICAROL, "PublicName": f"Pantry {CANARY}"})
    assert [place.secret for place in result.taken.values()] == [True]
    assert result.withheld == 1


def test_the_federal_list_of_health_centres_is_read(tmp_path: Path) -> None:
    row = {
        "Site Name": "Sample Health",
        "Site Address": "1 Example Rd",
        "Site City": "FRESNO",
        "Site State Abbreviation": "CA",
        "Site Postal Code": "93721-1234",
        "Site Telephone Number": "559-555-0120 x54134",
        "Site Web Address": "http://example.org",
        "Site Status Description": "Active",
        "Health Center Service Delivery Site Location Setting Description": "All Other Clinic Types",
        "Health Center Location Type Description": "Permanent",
        "Health Center Type Description": "Service Delivery Site",
        "Complete County Name": "Fresno County",
        "Data Warehouse Record Create Date": "09/30/2026",
    }
    setting = "Health Center Service Delivery Site Location Setting Description"
    rows = [
        row,
        {**row, "Site Name": "Office", setting: "Administrative"},
        {**row, "Site Name": "Pupils", setting: "School"},
        {**row, "Site Name": "Van", "Health Center Location Type Description": "Mobile Van"},
        {**row, "Site Name": "Far", "Site State Abbreviation": "NV"},
    ]
    result = importing.understand(sheet(tmp_path, *rows, header=(*row, "")), TODAY, {})
    assert {place.name: bool(place.address) for place in result.taken.values()} == {
        "Sample Health": False,
        "Van": False,
    }
    alone = importing.understand(sheet(tmp_path, row, header=(*row, "")), TODAY, {})
    assert [(place.address, place.zip, place.extension) for place in alone.taken.values()] == [
        ("1 Example Rd", "93721", "54134")
    ]


SERVICE = {
    "id": "s1",
    "name": "Food Pantry",
    "status": "active",
    "assured_date": "2026-10-01",
    "description": f"At {CANARY}",
    "minimum_age": 14,
    "organization": {"name": "Sample House", "website": "example.org", "email": "sam@example.org"},
    "phones": [{"number": "559-555-0110", "type": "voice"}],
    "schedules": [{"opens_at": "09:00", "closes_at": "17:00", "byday": "MO,TU", "freq": "WEEKLY"}],
    "service_at_locations": [
        {
            "location": {
                "latitude": 36.7,
                "addresss": [{"address_1": CANARY, "city": "Fresno", "state_province": "CA", "postal_code": "93721"}],
            }
        }
    ],
}


@pytest.mark.parametrize(
    "whole",
    [
        {"total_items": 1, "contents": [SERVICE]},
        [SERVICE],
        SERVICE,
        {"contents": [{"name": "Sample House", "services": [SERVICE]}]},
    ],
)
def test_hsds_json_is_read_in_every_form(whole: object, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(json.dumps(whole))
    result = importing.understand(tmp_path / "export.json", TODAY, {})
    (place,) = result.taken.values()
    assert (place.name, place.hours, place.age_min, place.kinds, place.web) == (
        "Sample House: Food Pantry",
        "Mo,Tu 09:00-17:00",
        14,
        ("food",),
        "https://example.org",
    )
    assert "anzibar" not in repr(place).casefold()


def test_hsds_without_a_day_of_a_check_waits_for_one(tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(
        json.dumps([{**SERVICE, "assured_date": None, "last_modified": "2026-11-01"}])
    )
    assert not importing.understand(tmp_path / "export.json", TODAY, {}).taken
    given = importing.understand(
        tmp_path / "export.json", TODAY, {}, {"checked_on": "2026-11-20", "how_checked": "rang"}
    )
    assert [place.checked_on for place in given.taken.values()] == [date(2026, 11, 20)]


@pytest.mark.parametrize("plural", [True, False])
def test_hsds_packages_of_tables_are_read(plural: bool, tmp_path: Path) -> None:
    tables = {
        "service": "id,organization_id,name,status,assured_date\n"
        "s1,o1,Food Pantry,,2026-10-01\ns2,o1,Help Escape Violence,active,2026-10-01\n",
        "organization": "id,name,url\no1,Sample House,www.example.org\n",
        "location": "id,name\nl1,Here\nl2,There\n",
        "service_at_location": "id,service_id,location_id\n1,s1,l1\n2,s2,l2\n",
        "phone": "id,service_id,number,type\n1,s1,559 555-0110,voice\n2,s2,559 555-0120,\n",
        ("physical_address" if plural else "address"): "id,location_id,address_1,city,state_province,postal_code\n"
        f"1,l1,9 Example Rd,Fresno,CA,93721\n2,l2,{CANARY},Fresno,CA,93721\n",
        (
            "regular_schedule" if plural else "schedule"
        ): "id,service_id,weekday,opens_at,closes_at,byday\n1,s1,Monday,9:00am,5:00pm,MO\n",
    }
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as package:
        for name, text in tables.items():
            many = {"physical_address": "physical_addresses", "service_at_location": "services_at_location"}.get(
                name, f"{name}s"
            )
            package.writestr(f"data/{many if plural else name}.csv", text)
    result = importing.understand(tmp_path / "export.zip", TODAY, {})
    assert {place.name: place.secret for place in result.taken.values()} == {
        "Sample House: Food Pantry": False,
        "Sample House: Help Escape Violence": True,
    }
    assert "anzibar" not in repr(result.taken).casefold()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.csv", b"a,b,c\n1,2,3"),
        ("x.json", b"{"),
        ("x.zip", b"PK"),
        ("x.xlsx", b"no"),
        ("x.json", b"7"),
        ("x.csv", b""),
    ],
)
def test_a_file_that_we_do_not_know_is_refused_in_one_sentence(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ImportFileError):
        importing.understand(tmp_path / name, TODAY, {})


def test_days_of_a_place(tmp_path: Path) -> None:
    place = understood(tmp_path, {**ROW, "kinds": "food; bed"}).taken["sample-kitchen-fresno"]
    assert place.checked_on is not None
    assert place.stale_on == place.checked_on + timedelta(days=90)
    assert place.gone_on == place.checked_on + timedelta(days=365)
