from collections import Counter

from guide import Locale, practice_document
from guide.model import ChecksPage, ScenePage
from guide.practice import counts, ways_of

from .conftest import ROOT, real_guide

GUIDE = real_guide()
FULL = ("police", "social-inspector", "reception-worker", "consular", "aviation", "hotel-staff", "hospital")
ONE_OF_EACH = ("youth", "magistrate", "bank")
TRAPS = 31  # in the list of mistakes in the fact base


def test_the_document_is_what_the_content_says() -> None:
    assert (ROOT / "docs/practice.md").read_text(encoding="utf-8") == practice_document(GUIDE)


def test_every_role_has_enough_practice() -> None:
    found = {role: (scenes, conversations, checks) for role, scenes, conversations, checks in counts(GUIDE)}
    for role in FULL:
        scenes = {name for name, scene in GUIDE.facts.scenes.items() if role in scene.roles}
        if role == "hospital":  # hospitals and social welfare share three
            scenes |= {name for name, scene in GUIDE.facts.scenes.items() if "social-welfare" in scene.roles}
        assert len(scenes) >= 3 and found[role][1] >= 1 and found[role][2] >= 8, role
        assert {GUIDE.facts.scenes[name].ends for name in scenes} >= {"call", "nothing"}, role
    for role in ONE_OF_EACH:
        assert min(found[role]) >= 1, role


def test_every_mistake_of_the_list_has_a_check() -> None:
    assert {trap for check in GUIDE.facts.checks.values() for trap in check.traps} >= set(range(1, TRAPS + 1))


def test_a_longer_way_holds_the_shorter_one() -> None:
    for page in GUIDE.section_pages(Locale.EN, "roles"):
        short, middle, long = ways_of(GUIDE, page.slug)
        assert set(short.scenes) <= set(middle.scenes) <= set(long.scenes)
        assert set(short.checks) <= set(middle.checks) <= set(long.checks)


def test_the_right_option_has_no_place_of_its_own() -> None:
    """Nobody learns to tap the first, the last or the longest."""
    single = {n: c for n, c in GUIDE.facts.checks.items() if list(c.options.values()).count("right") == 1}
    places = Counter(list(check.options.values()).index("right") for check in single.values())
    assert max(places.values()) < 0.6 * len(single)
    for locale in Locale:
        longest = 0
        for page in GUIDE.pages[locale].values():
            for name, words in page.questions.items() if isinstance(page, ChecksPage) else ():
                lengths = {option: len(each.text.source) for option, each in words.options.items()}
                check = GUIDE.facts.checks[name]
                longest += name in single and check.options[max(lengths, key=lambda each: lengths[each])] == "right"
        assert longest < 0.6 * len(single), locale


def test_scenes_in_which_nothing_is_wrong_name_no_sign_and_nobody_to_call() -> None:
    quiet = [name for name, scene in GUIDE.facts.scenes.items() if scene.ends == "nothing"]
    assert len(quiet) >= 7
    for name in quiet:
        assert not any(moment.there for moment in GUIDE.facts.scenes[name].moments), name
        assert isinstance(GUIDE.page(Locale.NL, f"learn/{name}"), ScenePage)
