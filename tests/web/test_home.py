"""Home says each thing once, and guides stand in bands whose names are dull."""

import re
from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import LANGUAGES
from youthapp.library.tables import tables


def main(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True).split('<main id="page"')[1].split("</main>")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_leads_to_each_place_once(language: str, client: FlaskClient, app: Flask) -> None:
    page = main(client, f"/{language}/").split('class="card keep')[0]
    tiles = re.findall(r'class="(?:tile|round)" href="([^"]+)"', page)
    assert len(tiles) == len(set(tiles)) == 8
    rest = [
        link for link in tiles if link.rsplit("/", 1)[1] in ("now", "talk", "calm", "plan", "body", "rights", "need")
    ]
    assert len(rest) == 7
    assert f"/{language}/{app.extensions['library'].get('no-place-tonight').code}" in tiles


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_is_in_one_of_five_bands_that_show_no_title_before_they_are_opened(
    language: str, client: FlaskClient, app: Flask
) -> None:
    page = main(client, f"/{language}/now")
    assert page.count('<details class="fold band"') == len(tables().bands.bands) == 5
    guides = list(app.extensions["library"].of_kind("now"))
    links = Counter(re.findall(rf'href="/{language}/(\w{{3}})"', page))
    assert all(links[card.code] == 1 for card in guides)
    for band in page.split('<details class="fold band"')[1:]:
        shown = band.split("</summary>")[1].split("<details>")[0]
        assert 1 < shown.count("<li>") <= 6
    assert not re.search(r"<li>", page.split('<details class="fold band"')[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_my_body_leads_to_every_shelf_about_it(language: str, client: FlaskClient) -> None:
    page = main(client, f"/{language}/body")
    assert page.count("<summary>") == len(tables().bands.body_shelves)
