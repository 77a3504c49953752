from guide import Guide, Locale
from guide.model import Role, SignList, Steps


def test_every_kind_of_page_is_loaded_in_every_locale(small_guide: Guide) -> None:
    kinds = {page.kind for page in small_guide.all_pages()}
    assert kinds == {
        "home",
        "plain",
        "section",
        "role",
        "signs",
        "talk",
        "steps",
        "contact",
        "topic",
        "about",
        "news",
    } | {
        *("ask", "outcome"),
    }
    assert len({frozenset(small_guide.pages[locale]) for locale in Locale}) == 1


def test_pages_know_their_address_and_file(small_guide: Guide) -> None:
    page = small_guide.page(Locale.FR, "signs/general")
    assert page.url == "/fr/signs/general/"
    assert page.file == "content/fr/signs/general.md"
    assert (page.section, page.slug) == ("signs", "general")
    assert small_guide.page(Locale.FR, "home").url == "/fr/"


def test_texts_are_html_and_know_their_line(small_guide: Guide) -> None:
    page = small_guide.page(Locale.EN, "signs/general")
    assert isinstance(page, SignList)
    assert page.signs["no-pay"].also.html == "Also an ordinary reason."
    assert page.signs["no-pay"].also.line == 13
    assert page.body.headings[0].anchor == "how-many"


def test_every_text_of_a_page_is_found(small_guide: Guide) -> None:
    page = small_guide.page(Locale.EN, "steps/police")
    assert isinstance(page, Steps)
    sources = [text.source for text in page.texts()]
    for expected in ("Steps of the police.", "Do this", "With the police", "booklet"):
        assert expected in sources
    assert sources[-1] == page.body.source


def test_lines_of_a_role_card_may_name_a_contact(small_guide: Guide) -> None:
    page = small_guide.page(Locale.NL, "roles/police")
    assert isinstance(page, Role)
    assert [line.call for line in page.now] == ["emergency", None]


def test_sections_keep_the_order_of_the_outline(small_guide: Guide) -> None:
    assert [page.slug for page in small_guide.section_pages(Locale.DE, "contacts")] == ["emergency", "hotline"]
