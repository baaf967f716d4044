"""Other people's files, brought to our columns: HSDS 3 (JSON, tabular zip), HSDS 1 packages, iCarol exports, HRSA's
health-centre file.

No file of these forms that was seen is valid, so nothing is validated as a whole: each row is judged by itself. Coded
fields, names, phones and hours are taken. Coordinates, contacts, e-mail addresses and free text are not even read.
"""

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..library.place_tables import counties
from . import hours, kinds, phones
from .kinds import Kinds
from .rows import ImportFileError, LeftOut, Reading, Row
from .schema import county_id
from .sheet import MOST_BYTES, decode

_YES = frozenset({"yes", "true", "1", "y", "x"})
_STATES = frozenset({"", "ca", "california"})

Item = dict[str, Any]


def read(path: Path, today: date) -> Reading:
    """Return the rows of a .json or .zip file. Raises ImportFileError when it is none that we know."""
    if path.suffix.casefold() == ".json":
        try:
            told = json.loads(decode(path.read_bytes()))
        except (json.JSONDecodeError, RecursionError) as error:
            raise ImportFileError(f"This is not JSON: {error}.") from None
        return _rows(_json_services(told), today)
    try:
        with zipfile.ZipFile(path) as package:
            if sum(info.file_size for info in package.infolist()) > MOST_BYTES * 4:
                raise ImportFileError("The package unpacks to more than is read at once. Cut it by county or by kind.")
            tables = {
                Path(name).stem.casefold(): _table(package.read(name))
                for name in package.namelist()
                if name.casefold().endswith(".csv")
            }
    except zipfile.BadZipFile:
        raise ImportFileError("This is not a zip file.") from None
    if not {"services", "service"} & set(tables):
        raise ImportFileError("There is no services.csv in this package. An HSDS package has one.")
    return _rows(_tabular_services(tables), today)


def read_table(header: list[str], rows: Iterable[list[str]], today: date) -> Reading:
    """Return the rows of a CSV that is not our sheet, known by its header. Raises ImportFileError when it is none that
    we know."""
    names = [name.strip() for name in header]
    for known, item in (
        ("PhysicalAddress1", _icarol),
        ("Health Center Service Delivery Site Location Setting Description", _hrsa),
    ):
        if known in names:
            # HRSA's header has one empty column more than its rows, so lengths may differ.
            return _rows(
                (item(dict(zip(names, (cell.strip() for cell in row), strict=False))) for row in rows if any(row)),
                today,
            )
    raise ImportFileError(
        "The first line is that of no file that we know (our sheet, iCarol, HRSA). "
        "Start from the template: `porchlight places template`."
    )


def _table(data: bytes) -> list[dict[str, str]]:
    csv.field_size_limit(1_000_000)
    return [
        {(key or "").strip(): (value or "").strip() for key, value in row.items() if isinstance(value, str)}
        for row in csv.DictReader(io.StringIO(decode(data)))
    ]


def _rows(items: Iterable[Item | str], today: date) -> Reading:
    """Return a Reading of items: each our columns and ``_`` keys, or a text that says why it is left out."""
    reading = Reading()
    for number, item in enumerate(items, 2):
        if isinstance(item, str):
            reading.left_out.append(LeftOut(number, "", item))
            continue
        found: Kinds = item.pop("_kinds")
        private = bool(item.pop("_private", False))
        street = str(item.get("address", ""))
        if street and (private or found.secret):
            reading.withheld.append(street)
        if not found.kinds:
            reading.left_out.append(
                LeftOut(
                    number,
                    "kinds",
                    "has no code or name that is one of our kinds.",
                    "Add the row to the sheet by hand if youth can use it.",
                )
            )
            continue
        secret = found.secret or private
        cells = {
            **item,
            "kinds": "; ".join(found.kinds),
            "show_address": "no" if secret else item.get("show_address", "no"),
        }
        reading.rows.append(
            Row(
                number,
                {key: str(value) for key, value in cells.items() if value not in (None, "")},
                secret=secret,
                foreign=True,
            )
        )
    return reading


def _county(name: str, city: str, zip_code: str) -> str:
    """Return a county's name from what a file tells: the county, else the only county with that town, else the only
    one with that ZIP prefix."""
    if county_id(name):
        return name
    towns = [
        county.name
        for county in counties().values()
        if city and city.casefold() in (town.casefold() for town in county.towns)
    ]
    prefixes = [county.name for county in counties().values() if zip_code[:3] in county.zip3]
    return towns[0] if len(towns) == 1 else prefixes[0] if len(prefixes) == 1 else ""


def _phone(*candidates: str) -> str:
    for text in candidates:
        try:
            number, extension = phones.read(text.replace("9-999-", "")) if text else ("", "")
        except phones.PhoneError:
            continue
        if number:
            return phones.shown(number, extension)
    return ""


def _web(text: str) -> str:
    """Return a link with https, the scheme of nearly every site that a file names without one."""
    text = text.split()[0] if text.split() else ""
    if not text or "@" in text:
        return ""
    plain = re.sub(r"^(?:https?:)?/*", "", text, flags=re.IGNORECASE)
    return f"https://{plain}" if "." in plain.split("/")[0] else ""


def _hours(text: str) -> str:
    """Return hours in our form, "unknown" when they cannot be read for sure: unknown never means closed."""
    try:
        return hours.read(text).canonical()
    except hours.HoursError:
        return hours.UNKNOWN


def _day(text: str) -> str:
    match = re.match(r"(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})", text.strip())
    return match.group(1) if match else ""


def _name(*parts: str) -> str:
    told = [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in parts if part and part.strip()]
    return ": ".join(dict.fromkeys(told))[:80]


# iCarol ----------------------------------------------------------------------


def _icarol(row: dict[str, str]) -> Item | str:
    if row.get("AgencyStatus", "").casefold() in ("inactive", "archived", "deleted"):
        return "is inactive in the file it comes from."
    if any(row.get(flag, "").casefold() in _YES for flag in ("ExcludeFromWebsite", "ExcludeFromDirectory")):
        return "is kept off websites by the file it comes from."
    if row.get("PhysicalStateProvince", "").casefold() not in _STATES:
        return "is not in California."
    codes = re.split(r"[;,|*\s]+", f"{row.get('TaxonomyCodes', '')} {row.get('TaxonomyCode', '')}")
    names = [row.get("TaxonomyTerms", ""), row.get("TaxonomyTerm", ""), row.get("PublicName", "")]
    numbers = [
        row.get(f"Phone{n}Number", "")
        for n in range(1, 6)
        if row.get(f"Phone{n}IsPrivate", "").casefold() not in _YES
        and "fax" not in row.get(f"Phone{n}Name", "").casefold()
    ]
    found = kinds.of_codes(codes)
    by_name = kinds.of_names(names)
    return {
        "id": "",
        "name": _name(row.get("PublicName", "")),
        "county": _county(
            row.get("PhysicalCounty", ""), row.get("PhysicalCity", ""), row.get("PhysicalPostalCode", "")
        ),
        "city": row.get("PhysicalCity", ""),
        "address": row.get("PhysicalAddress1", ""),
        "phone": _phone(*numbers),
        "web": _web(row.get("WebsiteAddress", "")),
        "hours": _hours(row.get("HoursOfOperation", "")),
        "checked_on": _day(row.get("LastVerifiedOn", "")),
        "how_checked": "website",
        "_private": row.get("PhysicalAddressIsPrivate", "").casefold() in _YES,
        "_kinds": kinds.joined(found, Kinds(() if found.kinds else by_name.kinds, by_name.secret)),
    }


# HRSA ----------------------------------------------------------------------


def _hrsa(row: dict[str, str]) -> Item | str:
    setting = row.get("Health Center Service Delivery Site Location Setting Description", "")
    if row.get("Site State Abbreviation", "").casefold() not in _STATES:
        return "is not in California."
    if row.get("Site Status Description", "Active").casefold() != "active":
        return "is not active in the file it comes from."
    if "administrative" in f"{setting} {row.get('Health Center Type Description', '')}".casefold():
        return "is an office, not a clinic."
    if setting.casefold() == "school":
        return "is in a school, which often serves its own pupils only."
    # A mobile van's address is an office: it is dropped, and the phone says where the van is.
    moves = row.get("Health Center Location Type Description", "").casefold() in (
        "mobile van",
        "seasonal",
        "intermittent",
    )
    zip_code = row.get("Site Postal Code", "")[:5]
    return {
        "name": _name(row.get("Site Name", "")),
        "county": _county(row.get("Complete County Name", ""), row.get("Site City", ""), zip_code),
        "city": row.get("Site City", "").title(),
        "address": row.get("Site Address", ""),
        "zip": zip_code if re.fullmatch(r"\d{5}", zip_code) else "",
        "phone": _phone(row.get("Site Telephone Number", "")),
        "web": _web(row.get("Site Web Address", "")),
        "cost": "sliding",
        "how": "call first",
        "checked_on": _day(row.get("Data Warehouse Record Create Date", "")),
        "how_checked": "website",
        "show_address": "no" if moves else "yes",
        "_kinds": Kinds(("clinic",), False),
    }


# HSDS ----------------------------------------------------------------------


def _json_services(told: Any) -> Iterator[Item | str]:
    """Yield the services of a page of /services or /organizations, of a list, or of one object."""
    items = told.get("contents", told.get("services", [told])) if isinstance(told, dict) else told
    if not isinstance(items, list):
        raise ImportFileError("This JSON holds no list of services.")
    for item in items:
        if not isinstance(item, dict):
            yield "is no service."
        elif "services" in item:
            places = {place.get("id"): place for place in _list(item, "locations")}
            for service in _list(item, "services"):
                yield from _json_service(
                    {"organization": {"name": item.get("name"), "website": item.get("website")}, **service}, places
                )
        else:
            yield from _json_service(item, {})


def _list(item: Item, name: str) -> list[Item]:
    value = item.get(name)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _json_service(service: Item, places: dict[Any, Item]) -> Iterator[Item | str]:
    at = [
        entry.get("location") or places.get(entry.get("location_id")) or {}
        for entry in _list(service, "service_at_locations")
    ]
    for place in at or list(places.values())[:1] or [{}]:
        # "addresss" is a slip of the specification's own table that real files repeat.
        address: Item = next(iter([*_list(place, "addresses"), *_list(place, "addresss")]), {})
        terms = [entry.get("taxonomy_term") or {} for entry in _list(service, "attributes")] + _list(
            service, "taxonomy_terms"
        )
        organisation = service.get("organization") or {}
        yield _service(
            service,
            organisation,
            place,
            address,
            [*_list(service, "phones"), *_list(place, "phones"), *_list(organisation, "phones")],
            [*_list(service, "schedules"), *_list(place, "schedules")],
            terms,
            _list(service, "languages") or _list(place, "languages"),
        )


def _tabular_services(tables: dict[str, list[dict[str, str]]]) -> Iterator[Item | str]:
    """Yield the services of a package of tables joined by ids: HSDS 3 (service, location …) and 1 (services,
    locations …)."""

    def table(*names: str) -> list[dict[str, str]]:
        return next((tables[name] for name in names if name in tables), [])

    def by(column: str, rows: list[dict[str, str]]) -> Callable[[str], list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            if row.get(column):
                found[row[column]].append(row)
        return lambda key: found.get(key, []) if key else []

    organisations = {row.get("id", ""): row for row in table("organizations", "organization")}
    locations = {row.get("id", ""): row for row in table("locations", "location")}
    at = by(
        "service_id",
        table("services_at_location", "service_at_location", "services_at_locations", "service_at_locations"),
    )
    addresses = by("location_id", table("physical_addresses", "addresses", "address"))
    all_phones = table("phones", "phone")
    of_service, of_place, of_organisation = (
        by("service_id", all_phones),
        by("location_id", all_phones),
        by("organization_id", all_phones),
    )
    schedules = table("schedules", "schedule", "regular_schedules", "regular_schedule")
    service_hours, place_hours = by("service_id", schedules), by("location_id", schedules)
    terms_by_id = {row.get("id", ""): row for row in table("taxonomy_terms", "taxonomy_term", "taxonomies", "taxonomy")}
    links = by(
        "service_id", table("service_taxonomies", "service_taxonomy", "services_taxonomy", "attributes", "attribute")
    )
    linked = by("link_id", table("attributes", "attribute"))
    spoken = by("service_id", table("languages", "language"))
    for service in table("services", "service"):
        key = service.get("id", "")
        places = [locations.get(row.get("location_id", ""), {}) for row in at(key)] or [
            locations.get(service.get("location_id", ""), {})
        ]
        terms: list[Item] = []
        for link in [*links(key), *linked(key)]:
            term = link.get("taxonomy_term_id") or link.get("taxonomy_id", "")
            terms.append({"code": term, **terms_by_id.get(term, {})})
        organisation = organisations.get(service.get("organization_id", ""), {})
        for place in places:
            here = place.get("id", "")
            address = next(iter(addresses(here)), {})
            numbers = [*of_service(key), *of_place(here), *of_organisation(organisation.get("id", ""))]
            yield _service(
                service,
                organisation,
                place,
                address,
                numbers,
                [*service_hours(key), *place_hours(here)],
                terms,
                spoken(key),
            )


def _service(
    service: Item,
    organisation: Item,
    place: Item,
    address: Item,
    numbers: list[Item],
    schedules: list[Item],
    terms: list[Item],
    spoken: list[Item],
) -> Item | str:
    if str(service.get("status") or "active").casefold() in ("inactive", "defunct", "temporarily closed"):
        return "is inactive in the file it comes from."
    state = str(address.get("state_province") or address.get("region") or "")
    if state.casefold() not in _STATES:
        return "is not in California."
    name, owner = str(service.get("name") or ""), str(organisation.get("name") or "")
    codes = kinds.of_codes(str(term.get("code") or term.get("id") or "") for term in terms)
    names = kinds.of_names([*(str(term.get("name") or "") for term in terms), name, owner])
    voice = [
        item
        for item in numbers
        if str(item.get("type") or "voice").casefold() in ("voice", "", "hotline", "main", "primary")
    ]
    texts = [item for item in numbers if str(item.get("type") or "").casefold() in ("text", "sms")]
    city, zip_code = str(address.get("city") or ""), str(address.get("postal_code") or "")
    return {
        "name": _name(owner, name) if owner.casefold() not in name.casefold() else _name(name),
        "county": _county(str(address.get("county") or ""), city, zip_code),
        "city": city,
        "address": str(address.get("address_1") or ""),
        "phone": _phone(*(_number(item) for item in voice)),
        "text": _phone(*(_number(item) for item in texts)),
        "web": _web(str(service.get("url") or organisation.get("website") or organisation.get("url") or "")),
        "hours": _schedule(schedules),
        "age_min": _age(service.get("minimum_age")),
        "age_max": _age(service.get("maximum_age")),
        "languages": "; ".join(
            code for item in spoken if re.fullmatch(r"[a-z]{2,3}", code := str(item.get("code") or "").casefold())
        ),
        "checked_on": _day(str(service.get("assured_date") or "")),
        "how_checked": "website" if service.get("assured_date") else "",
        "_kinds": kinds.joined(codes, Kinds(() if codes.kinds else names.kinds, names.secret)),
    }


def _number(item: Item) -> str:
    number, extension = str(item.get("number") or ""), str(item.get("extension") or "")
    return f"{number} ext. {extension}" if number and extension.isdigit() else number


def _age(value: Any) -> str:
    text = str(value if value is not None else "")
    return str(int(float(text))) if re.fullmatch(r"\d{1,2}(?:\.\d+)?", text) else ""


def _schedule(schedules: list[Item]) -> str:
    """Return the hours of schedules; a weekly one without a day says nothing for sure, and then nothing is known."""
    parts = []
    for item in schedules:
        opens, closes = str(item.get("opens_at") or ""), str(item.get("closes_at") or "")
        days = str(item.get("byday") or item.get("weekday") or "")
        if not opens or not closes or not days or str(item.get("freq") or "WEEKLY").upper() not in ("WEEKLY", "DAILY"):
            continue
        parts.append(f"{days} {_time(opens)}-{_time(closes)}")
    told = _hours("; ".join(parts)) if parts else hours.UNKNOWN
    # HSDS has no word for "always"; its guide writes it as 00:00 to 23:59.
    return hours.ALWAYS if told == "Mo-Su 00:00-23:59" else told


def _time(text: str) -> str:
    match = re.match(r"(\d{1,2}:\d{2})(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?$", text.strip())
    return match.group(1) if match else text
