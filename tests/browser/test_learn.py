"""Practice: every way through it in a browser, without network; what is remembered, forgotten and projected."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from guide import Locale
from guide.paths import all_paths
from tests.browser.reading import heading, line
from tests.conftest import real_guide
from tests.faults import BUSY, when
from tests.server import Serve

GUIDE = real_guide()

# Goes one way through a conversation by its buttons; the names of the turns that were shown.
WALK = """choices => {
    const turns = [...document.querySelectorAll(".practice__turn")];
    const seen = [];
    const look = () => {
        const shown = turns.filter(turn => turn.getClientRects().length > 0);
        seen.push(shown.length === 1 ? shown[0].id : "several");
        return shown[0];
    };
    let turn = look();
    for (const choice of choices) {
        const details = turn.querySelector(`[data-choice="${choice}"] details`);
        details.querySelector("summary").click();
        details.querySelector("a.button").click();
        turn = look();
    }
    turn.querySelector("a.button").click();
    look();
    return seen;
}"""


# Notices something at every second moment of a scene and opens all that may be said there; what is shown after each.
NOTICE = """() => {
    const visible = (selector) => [...document.querySelectorAll(selector)].filter(each => each.getClientRects().length);
    const on = document.querySelector("[data-action=on]");
    const status = document.querySelector("practice-scene > [role=status]");
    const told = [];
    const count = document.querySelectorAll(".practice__moment").length;
    return (async () => {
        for (let number = 0; number < count; number++) {
            const shown = visible(".practice__moment");
            told.push([shown.length, visible(".practice__end").length]);
            if (number % 2 === 0) {
                const stop = shown.at(-1).querySelector(".practice__stop");
                stop.open = true;
                for (const choice of stop.querySelectorAll(".practice__choice")) {
                    choice.querySelector("summary").click();
                    await new Promise((resolve) => setTimeout(resolve, 20)); // the browser tells of it a task later
                    const why = choice.querySelector(".practice__why");
                    if (!why.getClientRects().length || status.textContent !== why.textContent) told.push("unheard");
                }
            }
            on.click();
        }
        return told;
    })();
}"""


def practised(page: Page) -> object:
    return page.evaluate("JSON.parse(localStorage.getItem('practice') ?? '{}')")


def test_every_way_through_every_conversation_ends_and_leads_back(offline: str, phone: Page) -> None:
    for slug, conversation in GUIDE.facts.conversations.items():
        phone.goto(f"{offline}/nl/learn/{slug}/")
        first = f"turn-{next(iter(conversation.turns))}"
        for path in all_paths(conversation.turns):
            places = [f"turn-{name}" for name, _ in path.answers]
            expected = [*places, f"turn-{path.end}", first]
            assert phone.evaluate(WALK, [choice for _, choice in path.answers]) == expected, (slug, path)
            assert conversation.turns[path.end].ends
        assert phone.url == f"{offline}/nl/learn/{slug}/"
    assert set(dict(practised(phone))["done"]) == set(GUIDE.facts.conversations)  # type: ignore[call-overload]


def test_every_scene_tells_at_its_end_what_was_noticed_and_what_was_passed_by(offline: str, phone: Page) -> None:
    for slug, scene in GUIDE.facts.scenes.items():
        phone.goto(f"{offline}/nl/learn/{slug}/")
        assert phone.evaluate(NOTICE) == [[number + 1, 0] for number in range(len(scene.moments))], slug
        noticed = len(scene.moments[::2])
        expect(phone.locator(".practice__timeline > li")).to_have_count(len(scene.moments))
        told = phone.locator(".practice__noted:visible").all_inner_texts()
        missed = sum(bool(moment.there) for moment in scene.moments[1::2])
        assert sum(text.startswith("U merkte op") for text in told) == noticed, slug
        assert sum(text == "Hier stopte u niet." for text in told) == missed, slug
        assert phone.locator(".practice__end a[href^='tel:']").count() >= (scene.call is not None), slug


def test_what_was_said_stays_said_when_it_is_folded_again(offline: str, phone: Page) -> None:
    phone.goto(f"{offline}/nl/learn/third-floor/")
    phone.locator(".practice__moment:visible .practice__stop > summary").click()
    choice = phone.locator(".practice__moment:visible .practice__choice summary").first
    choice.click()
    expect(phone.locator("practice-scene > [role=status]")).not_to_be_empty()
    choice.click()
    for _ in GUIDE.facts.scenes["third-floor"].moments:
        phone.locator("[data-action=on]").click()
    told = phone.locator(".practice__timeline > li").first.locator(".practice__noted")
    expect(told).to_contain_text("U merkte op")


def test_on_paper_a_scene_and_a_conversation_are_whole(offline: str, phone: Page) -> None:
    for slug, part in (("third-floor", ".practice__moment"), ("bar-check", ".practice__turn")):
        phone.goto(f"{offline}/nl/learn/{slug}/")
        expect(phone.locator(f"{part}:visible")).to_have_count(1)
        phone.emulate_media(media="print")
        expect(phone.locator(f"{part}:visible")).to_have_count(phone.locator(part).count())
        phone.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert phone.locator(f"{part} details:not([open])").count() == 0
        phone.emulate_media(media="screen")


def test_what_was_missed_comes_back_until_it_is_right_at_once(offline: str, phone: Page) -> None:
    name, check = next((name, check) for name, check in GUIDE.facts.checks.items() if check.page == "check-stay")
    wrong = next(option for option, kind in check.options.items() if kind == "wrong")
    right = next(option for option, kind in check.options.items() if kind == "right")
    phone.goto(f"{offline}/nl/learn/check-stay/")
    phone.locator(f"#{name} [data-choice={wrong}] summary").click()
    expect(phone.locator("practice-checks > [role=status]")).to_contain_text("Zo is het niet.")
    phone.locator(f"#{name} [data-choice={right}] summary").click()  # reading on does not undo the first answer
    phone.goto(f"{offline}/nl/learn/")
    again = phone.locator(".practice-index__again li:visible a")
    expect(again).to_have_count(1)
    again.click()
    phone.wait_for_url(f"**/check-stay/#{name}")
    phone.locator(f"#{name} [data-choice={right}] summary").click()
    phone.goto(f"{offline}/nl/learn/")
    expect(phone.locator(".practice-index__again")).to_be_hidden()


def test_the_guide_can_be_used_before_its_practice_is_here(dist: Path, serve: Serve, phone: Page) -> None:
    server = serve(dist)
    server.rule = when(lambda path: "-practice." in path or path.startswith("/nl/learn/"), BUSY)
    phone.goto(f"{server.url}/nl/")
    expect(line(phone)).to_contain_text(
        "De gids werkt zonder netwerk. De oefeningen worden nog bewaard.", timeout=40_000
    )
    expect(phone.locator("html")).to_have_attribute("data-offline", "partial")
    server.rule = None
    phone.reload()
    expect(line(phone)).to_contain_text("Klaar zonder netwerk", timeout=40_000)
    server.stop()
    phone.goto(f"{server.url}/nl/learn/bar-check/")
    assert heading(phone) == GUIDE.page(Locale.NL, "learn/bar-check").title


def test_practice_is_forgotten_on_demand(offline: str, phone: Page) -> None:
    phone.goto(f"{offline}/nl/learn/check-law/")
    for summary in phone.locator("[data-choice]:first-child .practice__choice > summary").all():
        summary.click()
    phone.goto(f"{offline}/nl/roles/bank/")
    phone.get_by_role("button", name="Dit is mijn werk").click()
    phone.goto(f"{offline}/nl/learn/")
    own = phone.locator("details[data-role]").first
    expect(own).to_have_attribute("data-role", "bank")
    assert own.evaluate("details => details.open")
    phone.goto(f"{offline}/nl/learn/confirmation/")
    expect(phone.locator(".confirmation__parts li:visible")).to_have_text(
        [GUIDE.page(Locale.NL, "learn/check-law").title]
    )
    expect(phone.locator("[data-fact=role]")).to_contain_text("Bank")
    expect(phone.locator("main")).to_contain_text("geen officieel attest")
    phone.goto(f"{offline}/nl/learn/")
    phone.locator(".practice-index__forget button").click()
    assert practised(phone) == {}
    expect(phone.locator(".practice-index__forget")).to_be_hidden()


def test_a_session_runs_from_the_trainer_s_room_with_a_clicker(dist: Path, serve: Serve, browser: Browser) -> None:
    server = serve(dist)
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="nl-BE")
    page = context.new_page()
    page.goto(f"{server.url}/nl/learn/trainer/")
    page.wait_for_selector('html[data-offline="ready"]')
    server.stop()
    assert page.locator(".qr-code").count() == len(GUIDE.facts.scenes)
    for plan, minutes, scene in (
        ("session-hotel", 10, "third-floor"),
        ("session-reception", 60, "six-weeks-in-the-centre"),
    ):
        page.goto(f"{server.url}/nl/learn/trainer/")
        page.locator(f"a[href$='/learn/{plan}/']").click()
        page.wait_for_url(f"**/{plan}/")
        expect(page.locator(".talk-plan__time").last).to_contain_text(str(minutes))
        page.locator(f"main a[href$='/learn/{scene}/']").first.click()
        page.wait_for_url(f"**/{scene}/")
        projector = page.get_by_role("button", name="Op een projector tonen")
        for _ in range(3):  # on, off by touch, on again
            projector.click()
        assert page.locator(".site-header:visible, .bottom-bar:visible").count() == 0
        assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.practice__story')).fontSize)") > 30
        for _ in GUIDE.facts.scenes[scene].moments:
            page.keyboard.press("PageDown")
        expect(page.locator(".practice__end")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".site-header")).to_be_visible()
    context.close()


def test_without_scripts_every_part_can_be_read(dist: Path, serve: Serve, browser: Browser) -> None:
    server = serve(dist)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{server.url}/nl/learn/night-calls/")
    expect(page.locator(".practice__moment:visible")).to_have_count(5)
    page.locator(".practice__end > summary").click()
    expect(page.locator(".practice__now")).to_be_visible()
    page.goto(f"{server.url}/nl/learn/bar-check/")
    assert page.locator(".practice__turn:visible").count() == len(GUIDE.facts.conversations["bar-check"].turns)
    page.locator(".practice__choice > summary").first.click()
    page.locator(".practice__choice[open] a.button").click()
    assert "#turn-" in page.url
    assert page.locator("[data-action]:visible").count() == 0
    page.goto(f"{server.url}/nl/learn/confirmation/")
    assert heading(page) and page.locator(".confirmation__none").is_visible()
    context.close()
