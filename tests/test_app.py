import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from guide import Guide, Locale, create_app, load_guide, site_parts, site_urls

from .conftest import ROOT, real_guide

STATIC = ROOT / "static"


@pytest.fixture
def client(small_guide: Guide) -> FlaskClient:
    return create_app(small_guide, STATIC, "https://guide.example").test_client()


def html(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.text


def test_every_page_has_one_main_one_h1_and_its_language(client: FlaskClient, small_guide: Guide) -> None:
    for page in small_guide.all_pages():
        text = html(client, page.url)
        assert text.count("<main") == text.count("<h1") == 1
        assert f'<html lang="{page.locale}" data-offline="none">' in text
        assert f"<h1>{page.title}</h1>" in text


def test_headings_are_unique_within_a_locale(client: FlaskClient, small_guide: Guide) -> None:
    for locale in Locale:
        titles = [page.title for page in small_guide.pages[locale].values()]
        assert len(set(titles)) == len(titles)


def test_every_page_carries_the_emergency_numbers(client: FlaskClient, small_guide: Guide) -> None:
    for page in small_guide.all_pages():
        text = html(client, page.url)
        assert 'href="tel:112"' in text and 'href="tel:+3278055800"' in text


def test_the_language_switch_stays_on_the_same_page(client: FlaskClient) -> None:
    text = html(client, "/nl/steps/police/")
    for locale in Locale:
        assert f'<a class="language-switch__link" href="/{locale}/steps/police/" lang="{locale}"' in text


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("nl", ["45 dagen", "artikel 258 Strafwetboek, vroeger artikel 433quinquies", "bijlage 15"]),
        ("fr", ["45 jours", "article 258 du Code pénal, anciennement article 433quinquies", "annexe 15"]),
        ("de", ["45 Tage", "Artikel 258 des Strafgesetzbuches, früher Artikel 433quinquies", "Anlage 15"]),
        ("en", ["45 days", "article 258 of the Penal Code, formerly article 433quinquies", "annex 15"]),
    ],
)
def test_facts_are_written_in_the_language_of_the_page(client: FlaskClient, locale: str, words: list[str]) -> None:
    text = html(client, f"/{locale}/steps/police/").replace("\xa0", " ")
    for word in words:
        assert word in text
    assert '<a class="tel" href="tel:+3278055800">078 055 800</a>' in text


@pytest.mark.parametrize(
    ("locale", "day"),
    [("nl", "1 september 2026"), ("fr", "1er septembre 2026"), ("de", "1. September 2026"), ("en", "1 September 2026")],
)
def test_dates_are_written_in_the_language_of_the_page(client: FlaskClient, locale: str, day: str) -> None:
    assert day in html(client, f"/{locale}/contacts/hotline/")


def test_the_first_abbreviation_of_a_text_is_explained(small_content: Path) -> None:
    page = small_content / "nl" / "about" / "privacy.md"
    page.write_text(page.read_text(encoding="utf-8") + "Bel de VG. De VG helpt, [de VG](/home).\n", encoding="utf-8")
    guide, _ = load_guide(small_content)
    text = html(create_app(guide, STATIC, "https://guide.example").test_client(), "/nl/about/privacy/")
    assert 'Bel de <abbr title="voogd">VG</abbr>. De VG helpt' in text


def test_a_number_at_the_head_of_a_table_is_a_link_there_and_plain_in_the_labels(small_content: Path) -> None:
    page = small_content / "nl" / "about" / "privacy.md"
    table = "\n| Wie | {{hotline}} |\n|---|---|\n| U | ja |\n"
    page.write_text(page.read_text(encoding="utf-8") + table, encoding="utf-8")
    guide, problems = load_guide(small_content)
    assert problems == []
    text = html(create_app(guide, STATIC, "https://guide.example").test_client(), "/nl/about/privacy/")
    assert 'data-label="078 055 800"' in text
    assert '<a class="tel" href="tel:+3278055800">078 055 800</a></th>' in text


def test_no_mark_of_a_fact_is_left(client: FlaskClient, small_guide: Guide) -> None:
    for url in site_urls(small_guide, STATIC):
        text = client.get(url).get_data()
        assert "\ue000".encode() not in text and "\ue001".encode() not in text, url


def test_sitemap_lists_every_page_with_its_languages(client: FlaskClient, small_guide: Guide) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = ElementTree.fromstring(html(client, "/sitemap.xml")).findall("s:url", space)
    found = {url.findtext("s:loc", "", space) for url in urls}
    expected = {page.url for page in small_guide.all_pages() if page.path != "not-found"}
    assert found == {f"https://guide.example{url}" for url in expected}
    for url in urls:
        assert [link.get("hreflang") for link in url.findall("x:link", space)] == ["nl", "fr", "de", "en"]


@pytest.mark.parametrize("locale", list(Locale))
def test_manifest_has_shortcuts_and_a_maskable_icon(client: FlaskClient, locale: Locale) -> None:
    manifest = json.loads(html(client, f"/{locale}/manifest.webmanifest"))
    assert manifest["lang"] == locale
    assert manifest["start_url"] == f"/{locale}/"
    shortcuts = [shortcut["url"] for shortcut in manifest["shortcuts"]]
    assert shortcuts == [f"/{locale}/{path}/" for path in ("contacts", "signs", "talk", "search")]
    assert {"any", "maskable"} == {icon["purpose"] for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200


def test_the_search_shows_its_own_words_below_the_field(small_content: Path) -> None:
    page = small_content / "en" / "search.md"
    page.write_text(page.read_text(encoding="utf-8") + "Nothing found? See the [signs](/signs).\n", encoding="utf-8")
    guide, _ = load_guide(small_content)
    text = html(create_app(guide, STATIC, "https://guide.example").test_client(), "/en/search/")
    words = text.index('<p>Nothing found? See the <a href="/en/signs/">signs</a>.</p>')
    assert text.index("</guide-search>") < words < text.index("From A to Z")


def test_root_shows_the_four_languages_without_scripts(client: FlaskClient) -> None:
    text = html(client, "/")
    for locale in Locale:
        assert f'href="/{locale}/" lang="{locale}"' in text
        assert locale.own_name in text


def test_codes_for_telephones_come_with_the_published_guide() -> None:
    guide = real_guide()
    url = "/en/learn/trainer/"
    published = html(create_app(guide, STATIC, "https://guide.example").test_client(), url)
    assert published.count('class="qr-code"') == len(guide.facts.scenes)
    assert "The codes come with the published guide" not in published
    local = html(create_app(guide, STATIC, "http://127.0.0.1:8000", is_local=True).test_client(), url)
    assert "qr-code" not in local and "127.0.0.1" not in local
    assert "The codes come with the published guide" in local


def test_parts_hold_every_page_once(small_guide: Guide) -> None:
    listed = [url for part in site_parts(small_guide).values() for url in part]
    assert len(listed) == len(set(listed))
    assert {page.url for page in small_guide.all_pages()} <= set(listed)


def test_unknown_addresses_are_not_found(client: FlaskClient) -> None:
    for url in ("/es/", "/nl/nowhere/", "/nl/signs/general/x/", "/icons/none.svg", "/es/manifest.webmanifest"):
        assert client.get(url).status_code == 404
