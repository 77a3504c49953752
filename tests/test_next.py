"""“Next step” in the built guide: every path by its links alone, the drawing, and where the cases of the law end."""

import re
from functools import cache
from pathlib import Path

import pytest

from guide import Locale, paths_document
from guide.paths import Path as Way
from guide.paths import all_paths

from .conftest import ROOT, real_guide

GUIDE = real_guide()
PLACES = GUIDE.facts.next
PATHS = tuple(all_paths(PLACES))
QUESTIONS = [name for name, place in PLACES.items() if place.answers]
OUTCOMES = [name for name, place in PLACES.items() if place.actions]

# No danger, an adult one can speak to alone, who wants help.
ADULT = {"danger": "no", "minor": "no", "alone": "yes", "wants-help": "yes"}
IN_BELGIUM = {**ADULT, "where": "belgium"}
YOUNG = {"danger": "no", "minor": "yes"}

# The case, the answers, the outcome, what it must name: contacts and papers, and what it must not.
CASES: tuple[tuple[str, dict[str, str], str, set[str], set[str]], ...] = (
    ("life in danger", {"danger": "yes"}, "call-now", {"emergency", "police"}, set()),
    (
        "unaccompanied foreign minor: three-month document at once, guardian",
        {**YOUNG, "which-minor": "foreign-alone"},
        "minor-alone",
        {"guardianship", "hotline", "certificate", "minor-form"},
        {"annex-15"},
    ),
    (
        "age in doubt: as a minor",
        {"danger": "no", "minor": "not-sure", "which-minor": "not-sure"},
        "minor-alone",
        {"guardianship"},
        {"annex-15"},
    ),
    (
        "Belgian minor: youth care, usually no guardian",
        {**YOUNG, "which-minor": "belgian"},
        "minor-belgian",
        {"child-focus", "hotline"},
        {"guardianship", "certificate", "annex-15"},
    ),
    (
        "minor with an adult",
        {**YOUNG, "which-minor": "foreign-accompanied"},
        "minor-with-adult",
        {"hotline"},
        {"annex-15", "certificate"},
    ),
    (
        "Belgian or EU citizen: same centres, no annex 15",
        {**IN_BELGIUM, "papers": "belgian-or-eu"},
        "belgian-or-eu",
        {"hotline"},
        {"annex-15"},
    ),
    ("exploited abroad: still a centre", {**ADULT, "where": "abroad"}, "exploited-abroad", {"hotline"}, {"annex-15"}),
    (
        "household of a diplomat",
        {**ADULT, "where": "diplomat"},
        "diplomatic-household",
        {"hotline", "special-identity-card"},
        {"annex-15"},
    ),
    ("aggravated smuggling", {**ADULT, "where": "journey"}, "smuggling", {"hotline"}, set()),
    (
        "asylum in parallel: annex 26 and code 207",
        {**IN_BELGIUM, "papers": "none", "asylum": "yes"},
        "asylum-too",
        {"hotline", "annex-26", "code-207"},
        {"annex-15"},
    ),
    (
        "undocumented: a victim like anyone, time to reflect",
        {**IN_BELGIUM, "papers": "none", "asylum": "no"},
        "no-title",
        {"hotline", "annex-15", "leaflet"},
        set(),
    ),
    ("refusal: leave the number", {**ADULT, "wants-help": "no"}, "refusal", {"hotline"}, {"annex-15"}),
    (
        "another residence title",
        {**IN_BELGIUM, "papers": "title"},
        "other-title",
        {"hotline"},
        {"certificate"},
    ),
)


@pytest.mark.parametrize(
    ("answers", "end", "named", "unnamed"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_the_cases_of_the_law_end_where_the_law_says(
    answers: dict[str, str], end: str, named: set[str], unnamed: set[str]
) -> None:
    found = [path for path in PATHS if dict(path.answers) == answers]
    assert [path.end for path in found] == [end]
    actions = PLACES[end].actions
    names = {name for action in actions for name in (action.call, action.document) if name}
    assert named <= names
    assert not unnamed & names


def test_every_case_page_on_a_person_s_situation_is_where_some_path_leads() -> None:
    seen = {page for place in PLACES.values() for page in place.see}
    assert {f"cases/{slug}" for slug in ("minors", "asylum", "belgians-and-eu", "exploited-abroad")} <= seen
    assert {f"cases/{slug}" for slug in ("diplomatic-households", "aggravated-smuggling", "refusal", "safety")} <= seen


def test_the_paths_are_few_and_short_and_danger_comes_first() -> None:
    assert len(PATHS) <= 80
    assert max(len(path.answers) for path in PATHS) <= 7
    assert {path.answers[0][0] for path in PATHS} == {"danger"}
    assert {path.end for path in PATHS} == set(OUTCOMES)


def test_a_no_or_a_doubt_never_ends_without_a_number_to_call() -> None:
    for path in PATHS:
        calls = [action.call for action in PLACES[path.end].actions if action.call]
        assert calls, path


def test_the_drawing_is_that_of_the_data() -> None:
    assert (ROOT / "docs" / "next-step.md").read_text(encoding="utf-8") == paths_document(GUIDE)


@pytest.mark.parametrize("locale", list(Locale))
def test_every_path_can_be_walked_by_links_alone(locale: Locale, dist: Path) -> None:
    @cache
    def html(address: str) -> str:
        return (dist / address.strip("/") / "index.html").read_text(encoding="utf-8")

    def links(address: str) -> list[str]:
        return re.findall(r'class="next-step__answer" href="([^"]*)"', html(address))

    def walk(address: str) -> list[tuple[str, ...]]:
        targets = links(address)
        return [(address, *rest) for target in targets for rest in walk(target)] if targets else [(address,)]

    first = f"/{locale}/next/danger/"
    assert links(f"/{locale}/next/") == links(first)
    assert f'href="{first}"' in html(f"/{locale}/next/")
    assert sorted(walk(first)) == sorted(as_addresses(path, locale) for path in PATHS)
    for name in OUTCOMES:
        page = html(f"/{locale}/next/{name}/")
        main = page[page.index("<main") : page.index("</main>")]
        listed = main[main.index("next-step__actions") : main.index("</ol>")]
        assert re.findall(r'class="next-step__action" id="([^"]*)"', listed) == [
            action.id for action in PLACES[name].actions
        ]
        for action in PLACES[name].actions:
            if action.call:
                assert f'href="{GUIDE.facts.contacts[action.call].tel}"' in listed, name
            if action.document:
                assert str(GUIDE.facts.documents[action.document].name[locale]) in listed, name
        for path in PLACES[name].see:
            assert f'href="/{locale}/{path}/"' in main, name
        for source in PLACES[name].sources:
            assert f'href="/{locale}/about/sources/#{source}"' in main[main.index("next-step__rule") :], name


def as_addresses(path: Way, locale: Locale) -> tuple[str, ...]:
    return (*(f"/{locale}/next/{question}/" for question, _ in path.answers), f"/{locale}/next/{path.end}/")


@pytest.mark.parametrize("locale", list(Locale))
def test_it_is_one_tap_away_from_home_from_the_steps_and_from_each_role(locale: Locale, dist: Path) -> None:
    roles = [page.url for page in GUIDE.section_pages(locale, "roles")]
    for address in (f"/{locale}/", f"/{locale}/steps/", *roles):
        html = (dist / address.strip("/") / "index.html").read_text(encoding="utf-8")
        assert f'href="/{locale}/next/"' in html, address


def test_no_address_carries_an_answer(dist: Path) -> None:
    for page in dist.glob("*/next/**/index.html"):
        for address in re.findall(r'href="([^"]*/next/[^"]*)"', page.read_text(encoding="utf-8")):
            path, _, rest = address.partition("/next/")
            assert re.fullmatch(r"/(nl|fr|de|en)", path), address
            assert rest.strip("/") in ("", *PLACES), address
            assert "?" not in address and "#" not in address, address


def test_the_pages_are_stored_with_their_language(dist: Path) -> None:
    for locale in Locale:
        listing = next((dist / "offline").glob(f"{locale}.*.json")).read_text(encoding="utf-8")
        for name in PLACES:
            assert f'"/{locale}/next/{name}/"' in listing
