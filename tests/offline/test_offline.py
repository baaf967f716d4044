"""The book on the server's side: whole, the same for everyone, and its worker can be withdrawn."""

import hashlib
import html
import json
import posixpath
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import LANGUAGES, fixed_paths, record_paths
from youthapp import create_app
from youthapp.library.schema import YOUTH_KINDS
from youthapp.offline import book, draw_icons
from youthapp.paths import STATIC
from youthapp.settings import Settings
from youthapp.web.static_files import bundles


def opened(bound: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what a book says of itself, and address -> text, as the worker reads it."""
    head, text = bound.split(b"\n", 1)
    mark = re.fullmatch(rb"book 3 ([0-9a-f]{64}) (\d+)", head)
    assert mark
    assert mark[1].decode() == hashlib.sha256(text).hexdigest()
    assert int(mark[2]) == len(text)
    about, *rest = text.decode().split("\n")
    told = json.loads(about)
    pieces, shapes = iter(rest[: told["pieces"]]), rest[told["pieces"] :][: told["shapes"]]
    fresh = iter(range(told["shapes"]))

    def line(shape: int) -> str:
        return (
            re.sub(
                "[\ue000\ue001]",
                lambda sign: (str if sign[0] == "\ue000" else html.escape)(next(pieces)),
                shapes[shape],
            )
            .replace("&quot;", "&#34;")
            .replace("&#x27;", "&#39;")
        )

    pages = {}
    stood: list[str] = []
    for line_of_page in rest[told["pieces"] + told["shapes"] :]:
        address, _head, signs = line_of_page.split(" ")
        page: list[str] = []
        for sign in re.findall(r"#..|.", signs):
            if sign[0] == "#":
                page.append(stood[(ord(sign[1]) - 0x100) * 57 + ord(sign[2]) - 0x23])
                continue
            shape = next(fresh) if sign == "!" else ord(sign) - 0x100
            page.append(line(shape))
            if re.search("[\ue000\ue001]", shapes[shape]):
                stood.append(page[-1])
        pages[address] = "\n".join(page).replace("\ue002", address[address.find("/", 1) :])
    assert not list(fresh)
    assert not list(pieces), "every line is in a page"
    return told, pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_holds_every_page_to_the_byte_and_every_file_they_name(
    app: Flask, client: FlaskClient, language: str
) -> None:
    told, pages = opened(client.get(f"/{language}/book").get_data())
    assert (told["language"], told["release"], told["whole"]) == (language, app.config["RELEASE"], True)
    cache = app.extensions["page_cache"]
    library = app.extensions["library"]
    youths = [path for path in fixed_paths(app, language) if "/cards" not in path and "/install/" not in path]
    youths += [
        path for path in record_paths(app, language) if library.kinds[library.by_code(path[4:]).id] in YOUTH_KINDS
    ]
    wanted = [path for path in youths if cache.get(path)]
    assert len(wanted) > 280
    assert not set(wanted) - set(pages)
    assert not [path for path in pages if "/cards" in path], "pages for workers are not kept on a youth's phone"
    assert not [path for path in wanted if cache.get(path).body.decode() != pages[path]]
    for text in [pages[path] for path in wanted]:
        for address in re.findall(r'<script src="([^"]+)"', text):
            assert address in pages, address


def test_what_a_script_imports_is_in_the_book_too(app: Flask) -> None:
    _told, pages = opened(book.bound(app, "en", book.pages(app, "en"), whole=True))
    for address, text in pages.items():
        if address.endswith(".js"):
            imported = re.findall(r'(?:from|import\(|import)\s*"(\.[^"]+\.js)"', text)
            assert imported or not address.endswith("/frame.js")
            for name in imported:
                path = posixpath.normpath(posixpath.join(posixpath.dirname(address), name))
                assert path in pages or not (STATIC / path.split("/", 3)[3]).exists(), path


def test_the_core_holds_what_must_be_there(app: Flask, client: FlaskClient) -> None:
    told, pages = opened(client.get("/en/book-core").get_data())
    library = app.extensions["library"]
    assert told["whole"] is False
    for address in (
        "/en/",
        "/en/now",
        "/en/talk",
        "/en/no-signal",
        *(f"/en/{library.get(key).code}" for key in ("lifeline-988", "took-too-much", "want-to-die")),
    ):
        assert address in pages
    assert 20 < len(pages) < 120


def test_the_core_has_neither_the_words_of_the_search_nor_its_scripts(app: Flask) -> None:
    made = bundles()
    scripts = {made[script].name for script in ("ask/finder.js", "node_modules/minisearch/dist/es/index.js")}

    def files(bound: bytes) -> set[str]:
        return {address.split("/", 3)[3] for address in opened(bound)[1] if address.startswith("/static/")}

    whole = files(book.bound(app, "en", book.pages(app, "en"), whole=True))
    core = files(book.bound(app, "en", book.core(app, "en"), whole=False))
    assert scripts | {"index-en.json", "answers-en.json"} <= whole
    assert not core & scripts
    assert not [name for name in core if name.endswith(".json")]
    assert made["frame.js"].name in core


def test_the_frame_shares_no_script_with_the_search() -> None:
    """Each shared script is one more request of every first visit."""
    made = bundles()
    assert not set(made["frame.js"].imports) & set(made["ask/finder.js"].imports)


def test_a_book_is_the_same_each_time_and_another_for_another_release(app: Flask) -> None:
    one, two = (book.bound(each, "en", book.pages(each, "en"), whole=True) for each in (app, create_app(Settings())))
    assert one == two
    other = create_app(Settings(contact="a@example.org"))
    assert opened(book.bound(other, "en", book.core(other, "en"), whole=False))[0]["release"] != app.config["RELEASE"]


def test_no_worker_page_with_a_query_and_no_dynamic_answer_is_in_it(app: Flask) -> None:
    addresses = list(book.pages(app, "en"))
    assert not [
        address
        for address in addresses
        if "?" in address or address.endswith(("/book", "/book-core", "/sw.js", "/release", "/needs-server"))
    ]


def test_the_release_and_the_worker_are_answered_small_and_never_stored_by_the_phone(
    app: Flask, client: FlaskClient
) -> None:
    answer = client.get("/release")
    assert answer.get_json() == {"release": app.config["RELEASE"]}
    assert len(answer.get_data()) < 60
    for path in ("/release", "/sw.js", "/en/book"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    worker = client.get("/sw.js")
    assert worker.mimetype == "text/javascript"
    assert app.config["RELEASE"] not in worker.get_data(as_text=True), "a release alone is no new worker"


def test_the_kill_switch_swaps_the_worker_and_takes_the_offer_away() -> None:
    client = create_app(Settings.from_environment({"PORCHLIGHT_POCKET": "off"})).test_client()
    assert "unregister" in client.get("/sw.js").get_data(as_text=True)
    assert "data-keep-book" not in client.get("/en/").get_data(as_text=True)


@pytest.mark.parametrize("path", ["", "talk", "pocket"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_offer_stands_once_and_plainly(client: FlaskClient, language: str, path: str) -> None:
    html = client.get(f"/{language}/{path}").get_data(as_text=True)
    assert html.count("data-keep-book") == 1
    assert re.search(r"\d+ KB", html)
    assert f'href="/{language}/pocket"' in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(draw_icons.ICONS))
def test_a_manifest_says_nothing_and_its_pictures_are_there(client: FlaskClient, language: str, name: str) -> None:
    manifest = client.get(f"/{language}/install/{name}/manifest").get_json()
    assert manifest["display"] == "minimal-ui"
    assert manifest["start_url"] == f"/{language}/"
    assert not manifest.keys() & {"description", "categories", "screenshots", "share_target", "related_applications"}
    told = " ".join(
        [manifest["name"], manifest["short_name"], *(shortcut["name"] for shortcut in manifest["shortcuts"])]
    )
    assert len(told) < 80
    for shortcut in manifest["shortcuts"]:
        assert client.get(shortcut["url"]).status_code == 200
    for picture in manifest["icons"]:
        answer = client.get(picture["src"])
        assert answer.get_data()[:8] == b"\x89PNG\r\n\x1a\n"
        assert [int.from_bytes(answer.get_data()[at : at + 4], "big") for at in (16, 20)] == [
            int(part) for part in picture["sizes"].split("x")
        ]
    assert {picture["purpose"] for picture in manifest["icons"]} == {"any", "maskable"}


def test_no_other_page_has_a_manifest_so_no_browser_offers_to_install(app: Flask, client: FlaskClient) -> None:
    for path in [*(path for path in fixed_paths(app, "en") if "/install/" not in path), *record_paths(app, "en")[::20]]:
        assert "manifest" not in client.get(path).get_data(as_text=True), path
    assert 'rel="manifest"' in client.get("/en/install/notes").get_data(as_text=True)
    assert client.get("/en/install/diary").status_code == 404


@pytest.mark.parametrize("name", list(draw_icons.ICONS))
def test_the_icons_are_what_the_script_draws_and_stay_in_the_circle_every_mask_shows(name: str) -> None:
    size = 180
    rows = draw_icons.pixels(name, size)
    assert draw_icons.png(rows)[:33] == (STATIC / "icons" / f"{name}-{size}.png").read_bytes()[:33]
    ground = bytes(draw_icons.ICONS[name][0])
    inked = [(x, y) for y, row in enumerate(rows) for x in range(size) if row[3 * x : 3 * x + 3] != ground]
    assert inked
    assert all((x + 0.5 - size / 2) ** 2 + (y + 0.5 - size / 2) ** 2 <= (0.4 * size) ** 2 for x, y in inked)
