"""Guide in, problems out: one short function per rule that authors must respect.

Does no input or output; today's date is an argument.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta
from difflib import get_close_matches

from . import analysis, calls
from .errors import Problem
from .locales import SOURCE, Locale
from .model import (
    ADVICE,
    CALLOUTS,
    CARDS,
    CENTRE,
    CONTACTS,
    DANGER,
    FACT,
    FACT_PARTS,
    FRAME_PATHS,
    HOME,
    KINDS,
    NOT_FOUND,
    NOT_SURE,
    SHELTER,
    About,
    Ask,
    ContactPage,
    Guide,
    News,
    NextPlace,
    Outcome,
    Page,
    Role,
    Section,
    SignList,
    Steps,
    Talk,
    Text,
    Topic,
)
from .paths import all_paths, places_reached

NOW_WORDS = 15
"""Words a line of a role card may have (the reader holds the phone in one hand and looks at something else)."""

MOST_QUESTIONS = 7
"""Questions a reader may be asked on the way to an outcome of “next step”."""

WARN_BEFORE = timedelta(days=60)

Rule = Callable[[Guide], Iterator[Problem]]


def check_guide(guide: Guide) -> list[Problem]:
    """Every problem of the guide, sorted by file and line."""
    return sorted({problem for rule in RULES for problem in rule(guide)})


def overdue_reviews(guide: Guide, today: date) -> list[Problem]:
    """What must be read or compared with its source again, within sixty days or already. No reason to stop."""
    found = []
    for page in guide.all_pages():
        if page.review_by - WARN_BEFORE <= today:
            found.append(Problem(page.file, 1, f"to be reviewed by {page.review_by}", "Read it and set both dates."))
    for kind, name, fact in guide.facts.dated():
        if fact.review_by - WARN_BEFORE <= today:
            what = f'"{name}" is to be compared with its source by {fact.review_by}'
            found.append(Problem(_fact_file(kind), fact.line, what))
    return sorted(found)


# ── The tree ───────────────────────────────────────────────────────────────────────────────────────────────


def translations_are_complete(guide: Guide) -> Iterator[Problem]:
    """The same tree stands in every locale."""
    paths = {page.path for page in guide.all_pages()} | {path for _, path in guide.unread}
    for locale in Locale:
        for path in sorted(paths - guide.pages[locale].keys()):
            if (locale, path) not in guide.unread:
                file = f"content/{locale}/{path}.md"
                yield Problem(file, 1, "missing translation", f"Other languages have {path}.md; translate it.")


def outline_names_every_page(guide: Guide) -> Iterator[Problem]:
    """guide.yaml and the files agree."""
    listed = {*guide.outline.paths(), NOT_FOUND}
    existing = guide.pages[SOURCE].keys() | {path for locale, path in guide.unread if locale == SOURCE}
    for path in sorted(listed - existing):
        hint = f"Write content/{SOURCE}/{path}.md or take it out of guide.yaml."
        yield Problem("content/guide.yaml", 1, f'no page "{path}"', hint)
    for path in sorted(existing - listed):
        hint = "Add it to its section in content/guide.yaml."
        yield Problem(f"content/{SOURCE}/{path}.md", 1, "the page is in no section", hint)
    for name, times in Counter(guide.outline.paths()).items():
        if times > 1:
            yield Problem("content/guide.yaml", 1, f'"{name}" stands twice', "Keep one of the two.")


def titles_are_unique(guide: Guide) -> Iterator[Problem]:
    """No two pages of a locale have the same heading."""
    for pages in guide.pages.values():
        seen: dict[str, Page] = {}
        for page in pages.values():
            other = seen.setdefault(page.title.casefold(), page)
            if other is not page:
                what = f'title "{page.title}" is also that of {other.file}'
                yield Problem(page.file, page.line_of("title"), what, "Give each page a heading of its own.")


# ── Facts ──────────────────────────────────────────────────────────────────────────────────────────────────


def fact_names_are_unique(guide: Guide) -> Iterator[Problem]:
    """A name means one fact, whatever file it stands in."""
    first: dict[str, str] = {}
    for kind, name, fact in guide.facts.dated():
        if type(fact) not in FACT_PARTS:
            continue
        other = first.setdefault(name, kind)
        if other != kind:
            what = f'"{name}" stands twice: also in {other}.yaml'
            yield Problem(_fact_file(kind), fact.line, what, "Rename one of the two.")


def facts_name_known_sources(guide: Guide) -> Iterator[Problem]:
    """Facts rest on sources and laws that are listed."""
    for kind, _, fact in guide.facts.dated():
        for source in fact.sources:
            yield from _known(source, guide.facts.sources, "source", _fact_file(kind), fact.line)
    for article in guide.facts.articles.values():
        for law in filter(None, (article.law, article.formerly_law)):
            yield from _known(law, guide.facts.laws, "law", _fact_file("articles"), article.line)


def texts_name_known_facts(guide: Guide) -> Iterator[Problem]:
    """{{name}} is a fact, and {{name.part}} a part that it has."""
    named = guide.facts.named
    for page, text in _texts(guide):
        for name, part, line in text.fact_uses():
            yield from _known(name, named, "fact", page.file, line)
            if part and name in named and part not in FACT_PARTS[type(named[name])]:
                parts = ", ".join(FACT_PARTS[type(named[name])]) or "none"
                yield Problem(page.file, line, f'"{name}" has no part "{part}"', f"It has: {parts}.")


def texts_hold_no_digits(guide: Guide) -> Iterator[Problem]:
    """Numbers are facts: they stand in content/facts/ only."""
    hint = "Put it in content/facts/ and write {{its-name}}; write small numbers as words."
    for page, text in _texts(guide):
        bare = re.sub(rf"{FACT.pattern}|\]\([^)\s]*|\{{#[^}}]*\}}", lambda match: " " * len(match[0]), text.source)
        for match in re.finditer(r"\d[\d .,/]*", bare):
            offset = 0 if "\n" not in text.source else bare.count("\n", 0, match.start())
            yield Problem(page.file, text.line + offset, f'number "{match[0].strip(" .,/")}" in the text', hint)
    for page in guide.all_pages():
        if number := re.search(r"\d+", page.title):
            yield Problem(page.file, page.line_of("title"), f'number "{number[0]}" in the title', "Say it in words.")


# ── Links and markup ───────────────────────────────────────────────────────────────────────────────────────


def links_lead_somewhere(guide: Guide) -> Iterator[Problem]:
    """A link leads to a page of the same locale, to a heading of it, or to another site over https."""
    for page, text in _texts(guide):
        for target, line in text.links:
            path, _, anchor = target.partition("#")
            if path.startswith("https://"):
                continue
            if path and not path.startswith("/"):
                hint = "Write /section/page for a page of the guide, https://… for another site, {{name}} for a number."
                yield Problem(page.file, line, f'link "{target}" cannot be followed', hint)
                continue
            yield from _inner_link(guide, page, path, anchor, line)


def _inner_link(guide: Guide, page: Page, path: str, anchor: str, line: int) -> Iterator[Problem]:
    name = path.strip("/") or (HOME if path else page.path)
    if (page.locale, name) in guide.unread:
        return
    target = guide.pages[page.locale].get(name)
    if target is None:
        yield from _known(name, guide.pages[page.locale], "page", page.file, line)
        return
    anchors = anchors_of(target)
    if anchor and anchor not in anchors:
        yield Problem(page.file, line, f'"{name}" has no part "#{anchor}"', _nearest(anchor, anchors))


def anchors_of(page: Page) -> list[str]:
    """Every anchor of a page: its headings, signs, questions and steps."""
    anchors = [heading.anchor for heading in page.body.headings]
    if isinstance(page, SignList):
        anchors += page.signs
    if isinstance(page, Talk):
        anchors += page.questions
    if isinstance(page, Steps):
        anchors += [step.id for step in page.steps]
    return anchors


def anchors_are_unique(guide: Guide) -> Iterator[Problem]:
    """A page has each anchor once."""
    for page in guide.all_pages():
        for anchor, times in Counter(anchors_of(page)).items():
            if times > 1:
                yield Problem(page.file, 1, f'anchor "{anchor}" stands twice', "Name each part differently.")


NOT_OURS = (
    (r"^#(?!#)", "heading of the first level", "The title in the front matter is the only one; begin with ##."),
    (r"^#{4,}", "heading of the fourth level", "Use ## and ###."),
    (r"^(?:=+|-+)\s*$", "an underlined heading or a rule", "Write ## before a heading."),
    (r"^#{2,3}[^#\s]", "a heading without a space", "Write a space after ## or ###."),
    (r"!\[", "an image", "The guide has no images in texts."),
    (r"\]\[|^\s*\[[^\]]+\]:", "a link with its address elsewhere", "Write [words](/page)."),
    (
        r"\{(?!#[\w-]+\})|(?<!\{)\{[^#]|(?<![\w-])\}",
        "a brace that is no fact",
        "Write {{name}}.",
    ),
)
"""What Markdown would take and the guide does not show: a pattern of a line, what it is, what to do."""


def markup_is_plain(guide: Guide) -> Iterator[Problem]:
    """No raw HTML, no heading of the first level, no callout that is unknown or has no title."""
    for page, text in _texts(guide):
        for offset, line in enumerate(text.source.splitlines()):
            number = text.line + offset
            if match := re.search(r"</?[a-zA-Z][^>]*>|<!--", line):
                yield Problem(page.file, number, f"raw HTML {match[0]}", "Use Markdown; HTML is thrown away.")
            for pattern, what, hint in NOT_OURS:
                if re.search(pattern, FACT.sub("", line)):
                    yield Problem(page.file, number, what, hint)
            if match := re.match(r"\s*/{3,}\s*(\S+)\s*(\|.*\S)?", line):
                yield from _callout(match[1], match[2], page.file, number)
            if re.search(r"\[[^\]]*\{\{(?:" + "|".join(guide.facts.contacts) + r")\}\}[^\]]*\]\(", line):
                yield Problem(page.file, number, "a telephone number inside a link", "The number is a link of its own.")
        if len(re.findall(r"(?m)^\s*/{3,}", text.source)) % 2:
            yield Problem(page.file, text.line, "a callout is not closed", "End it with a line ///")


def _callout(kind: str, title: str | None, file: str, line: int) -> Iterator[Problem]:
    if kind not in CALLOUTS:
        yield Problem(file, line, f'unknown callout "{kind}"', f"Known: {', '.join(CALLOUTS)}.")
    elif not title:
        yield Problem(file, line, f'callout "{kind}" has no title', f"Write /// {kind} | Title")


# ── Kinds of page ──────────────────────────────────────────────────────────────────────────────────────────


def pages_name_known_things(guide: Guide) -> Iterator[Problem]:
    """Sources, contacts, signs, steps, papers and periods that a page names exist."""
    facts = guide.facts
    for page in guide.all_pages():
        for source in page.sources:
            yield from _known(source, facts.sources, "source", page.file, page.line_of("sources"))
        if isinstance(page, Role):
            steps = {path.removeprefix("steps/") for path in guide.pages[page.locale] if path.startswith("steps/")}
            for line in page.now:
                yield from _known(line.call, facts.contacts, "contact", page.file, line.text.line)
            for contact in page.contacts:
                yield from _known(contact, facts.contacts, "contact", page.file, page.line_of("contacts"))
            for sign in page.signs:
                yield from _known(sign, facts.signs, "sign", page.file, page.line_of("signs"))
            yield from _known(page.steps, steps, "page in steps/", page.file, page.line_of("steps"))
        if isinstance(page, News):
            unread = (path for locale, path in guide.unread if locale == page.locale)
            paths = (*guide.pages[page.locale], *unread)
            roles = {path.removeprefix("roles/") for path in paths if path.startswith("roles/")}
            for role in page.roles:
                yield from _known(role, roles, "role", page.file, page.line_of("roles"))
        if isinstance(page, Steps):
            for step in page.steps:
                line_number = step.title.line
                yield from _known(step.document, facts.documents, "document", page.file, line_number)
                yield from _known(step.duration, facts.durations, "duration", page.file, line_number)
                for source in step.sources:
                    yield from _known(source, facts.sources, "source", page.file, line_number)


def lists_are_whole(guide: Guide) -> Iterator[Problem]:
    """Signs, questions, papers and contacts stand in every locale exactly as in the facts."""
    facts = guide.facts
    groups = {sign.group for sign in facts.signs.values()}
    for page in guide.all_pages():
        if isinstance(page, SignList):
            group = {name for name, sign in facts.signs.items() if sign.group == page.slug}
            yield from _same(group, page.signs, "sign", page, "signs")
        if isinstance(page, Talk) and page.slug == "questions":
            yield from _same(facts.questions, page.questions, "question", page, "questions")
        if isinstance(page, Topic):
            for slug, expected, found, kind in (
                ("documents", facts.documents, page.documents, "document"),
                ("glossary", facts.glossary, page.terms, "term"),
                ("figures", facts.figures, page.charts, "chart"),
            ):
                if page.slug == slug:
                    yield from _same(expected, found, kind, page, f"{kind}s")
        if isinstance(page, ContactPage):
            yield from _known(page.slug, facts.contacts, "contact", page.file, 1)
    for fact in facts.signs.values():
        yield from _known(fact.group, facts.sign_groups, "list", _fact_file("signs"), fact.line)
    for district in facts.districts.values():
        yield from _known(district.centre, facts.contacts, "contact", _fact_file("districts"), district.line)
    for group_name in sorted(groups):
        if f"signs/{group_name}" not in guide.outline.paths():
            hint = f"Write signs/{group_name}.md and add it to guide.yaml."
            yield Problem(_fact_file("signs"), 1, f'no list for the signs of "{group_name}"', hint)
    for name, contact in facts.contacts.items():
        if f"contacts/{name}" not in guide.outline.paths():
            hint = f"Write contacts/{name}.md and add it to guide.yaml."
            yield Problem(_fact_file("contacts"), contact.line, f'no page for the contact "{name}"', hint)


def calls_are_decided(guide: Guide) -> Iterator[Problem]:
    """Each situation has one ordered list of at least two contacts that exist, and each rule a use and a reason."""
    facts, file = guide.facts, _fact_file("calls")
    roles = _role_names(guide)
    shelters = [(district.shelter, district.line) for district in facts.districts.values()]
    for shelter, line in shelters:
        yield from _known(shelter, facts.contacts, "contact", _fact_file("districts"), line)
    for rule in facts.calls.values():
        for contact in rule.call:
            yield from _known(contact, (*facts.contacts, CENTRE, SHELTER), "contact", file, rule.line)
        for role in rule.roles:
            yield from _known(role, roles, "role", file, rule.line)
    for locale in Locale:
        page = guide.pages[locale].get(CONTACTS)
        if isinstance(page, Section):
            yield from _same(facts.calls, page.reasons, "reason", page, "reasons")
            for name in page.says:
                yield from _known(name, facts.calls, "rule of calls", page.file, page.line_of("says"))
            for role in page.channels:
                yield from _known(role, roles, "role", page.file, page.line_of("channels"))
    rows = calls.decisions(facts)
    used = set()
    for situation in calls.situations(facts, roles):
        answer = calls.find_answer(rows, situation)
        words = f"{situation.role}, {situation.place}, {situation.person}, danger: {str(situation.danger).lower()}"
        if answer is None:
            yield Problem(file, 1, f"no rule fits: {words}", "End the table with a rule without conditions.")
            return
        used.add(answer.rule)
        if len(answer.contacts) < 2:
            hint = "Name another one for when nobody answers."
            yield Problem(file, facts.calls[answer.rule].line, f"only one contact: {words}", hint)
            return
        first = facts.contacts.get(answer.contacts[0])
        if first and first.hours == "unknown":
            what = f'"{answer.contacts[0]}" comes first, and its hours are unknown'
            yield Problem(file, facts.calls[answer.rule].line, what, "Put one first whose hours are known.")
            return
    for name, rule in facts.calls.items():
        if roles and name not in used:
            what = f'the rule "{name}" never answers'
            yield Problem(file, rule.line, what, "Earlier rules fit everything it fits; move it up, or take it out.")


def _role_names(guide: Guide) -> list[str]:
    """The role cards in the order of the outline, whether or not their files could be read."""
    return [path.removeprefix("roles/") for path in guide.outline.paths() if path.startswith("roles/")]


def translations_have_the_same_parts(guide: Guide) -> Iterator[Problem]:
    """Steps, role cards and sources are the same in every locale; only the words differ."""
    for page in guide.all_pages():
        source = guide.pages[SOURCE].get(page.path)
        if source is None or source is page or type(source) is not type(page):
            continue
        for field, part, ours, theirs in _parts(page, source):
            if ours != theirs:
                what = f"{part} differ from {source.file}"
                hint = f"There: {_shown(theirs)}. Here: {_shown(ours)}."
                yield Problem(page.file, page.line_of(field), what, hint)


def _parts(page: Page, source: Page) -> Iterator[tuple[str, str, object, object]]:
    """The field it stands in, what it is, ours, and the source's."""
    yield "sources", "sources", page.sources, source.sources
    yield "body", "named anchors", _named_anchors(page), _named_anchors(source)
    if isinstance(page, Steps) and isinstance(source, Steps):
        yield "steps", "steps", _step_shape(page), _step_shape(source)
    if isinstance(page, Role) and isinstance(source, Role):
        yield "signs", "signs", page.signs, source.signs
        yield "contacts", "contacts", page.contacts, source.contacts
        yield "now", "calls", [line.call for line in page.now], [line.call for line in source.now]
        yield "now", "the numbers of lines", _role_shape(page), _role_shape(source)
    if isinstance(page, Section) and isinstance(source, Section):
        yield "says", "first sentences", sorted(page.says), sorted(source.says)
        yield "channels", "channels", sorted(page.channels), sorted(source.channels)
    if isinstance(page, News) and isinstance(source, News):
        yield "since", "day, roles and weight", _news_shape(page), _news_shape(source)
    if isinstance(page, About) and isinstance(source, About):
        yield "ways", "ways", list(page.ways), list(source.ways)
    if isinstance(page, Talk) and isinstance(source, Talk):
        yield "do", "the numbers of lines", _talk_shape(page), _talk_shape(source)


def _news_shape(page: News) -> object:
    return page.since, page.roles, page.critical


def _named_anchors(page: Page) -> list[str]:
    return re.findall(r"\{#([^}]*)\}", page.body.source)


def _step_shape(page: Steps) -> list[str]:
    return [
        " ".join(filter(None, (step.id, step.document, step.duration, f"({', '.join(step.sources)})")))
        for step in page.steps
    ]


def _role_shape(page: Role) -> tuple[int, ...]:
    return len(page.now), len(page.do_not), len(page.next)


def _talk_shape(page: Talk) -> tuple[int, ...]:
    return len(page.do), len(page.do_not), len(page.say), len(page.do_not_say)


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


# ── Next step ──────────────────────────────────────────────────────────────────────────────────────────────


def questions_lead_to_outcomes(guide: Guide) -> Iterator[Problem]:
    """Every answer lands, every place is reached, nobody goes round or is asked too much, “not sure” is possible."""
    places, file = guide.facts.next, _fact_file("next")
    reached = places_reached(places)
    for name, place in places.items():
        for target in place.answers.values():
            yield from _known(target, places, "question or outcome", file, place.line)
        if place.answers and NOT_SURE not in place.answers:
            hint = f"Add {NOT_SURE}: and where it leads."
            yield Problem(file, place.line, f'"{name}" has no answer “{NOT_SURE}”', hint)
        if name not in reached:
            yield Problem(file, place.line, f'no answer leads to "{name}"', "Lead to it, or take it out.")
    if places and not next(iter(places.values())).answers:
        yield Problem(file, 1, "the first entry is no question", "The first entry is where the reader begins.")
    for path in all_paths(places):
        first = path.answers[0][0] if path.answers else path.end
        if path.end in dict(path.answers):
            way = " → ".join((*(question for question, _ in path.answers), path.end))
            yield Problem(
                file, places[path.end].line, f"the questions go round: {way}", "An answer leads on, not back."
            )
        elif len(path.answers) > MOST_QUESTIONS:
            what = f'{len(path.answers)} questions on the way to "{path.end}"'
            yield Problem(file, places[first].line, what, f"At most {MOST_QUESTIONS}; ask less, or end earlier.")


def outcomes_help(guide: Guide) -> Iterator[Problem]:
    """An outcome has somebody to call; contacts, papers and pages that it names exist."""
    facts, file = guide.facts, _fact_file("next")
    for name, place in facts.next.items():
        for contact in (*place.calls, *(action.call for action in place.actions)):
            yield from _known(contact, facts.contacts, "contact", file, place.line)
        for action in place.actions:
            yield from _known(action.document, facts.documents, "document", file, place.line)
        for path in place.see:
            yield from _known(path, guide.outline.paths(), "page", file, place.line)
        if place.actions and not any(action.call for action in place.actions):
            yield Problem(
                file, place.line, f'outcome "{name}" names nobody to call', "Give one of its actions a call:."
            )
        for action_id, times in Counter(action.id for action in place.actions).items():
            if times > 1:
                yield Problem(file, place.line, f'action "{action_id}" stands twice', "Name each one differently.")
        if f"next/{name}" not in guide.outline.paths():
            hint = f"Write next/{name}.md and add it to guide.yaml."
            yield Problem(file, place.line, f'no page for "{name}"', hint)


def next_pages_follow_the_facts(guide: Guide) -> Iterator[Problem]:
    """A page of next/ has the answers or actions of the facts, and cites the sources of the rule."""
    for page in guide.all_pages():
        if not isinstance(page, Ask | Outcome):
            continue
        place = guide.facts.next.get(page.slug)
        if place is None:
            yield from _known(page.slug, guide.facts.next, "question or outcome", page.file, 1)
            continue
        yield from _same_words(page, place)
        for source in sorted(set(place.sources) - set(page.sources)):
            what = f'source "{source}" of the rule is not cited'
            yield Problem(page.file, page.line_of("sources"), what, "content/facts/next.yaml names it.")


def _same_words(page: Ask | Outcome, place: NextPlace) -> Iterator[Problem]:
    match page:
        case Ask() if place.answers:
            yield from _same(place.answers, page.answers, "answer", page, "answers")
        case Outcome() if place.actions:
            yield from _same([action.id for action in place.actions], page.actions, "action", page, "actions")
        case _:
            ours, theirs = ("actions", "answers") if place.answers else ("answers", "actions")
            yield Problem(page.file, page.line_of(ours), f"{ours} instead of {theirs}", "See content/facts/next.yaml.")


def dates_are_not_ahead(guide: Guide) -> Iterator[Problem]:
    """Nothing was read or compared after the day of the edition."""
    for page in guide.all_pages():
        if page.reviewed_on > guide.outline.edition:
            yield Problem(page.file, page.line_of("reviewed_on"), "reviewed after the day of the edition")
        if isinstance(page, News) and page.since > guide.outline.edition:
            hint = "An entry is for an edition that is published, so mend its day, or that of content/guide.yaml."
            yield Problem(page.file, page.line_of("since"), "news of an edition after this one", hint)
    for kind, name, fact in guide.facts.dated():
        if fact.checked_on > guide.outline.edition:
            what = f'"{name}" was checked after the day of the edition'
            yield Problem(_fact_file(kind), fact.line, what, "Mend the day, or that of content/guide.yaml.")


def keywords_are_words(guide: Guide) -> Iterator[Problem]:
    """Keywords are plain words; no number, no fact."""
    for page in guide.all_pages():
        for keyword in page.keywords:
            if re.search(r"[\d{}]", keyword):
                hint = "Numbers are found through their facts."
                yield Problem(page.file, page.line_of("keywords"), f'keyword "{keyword}"', hint)


def search_words_lead_somewhere(guide: Guide) -> Iterator[Problem]:
    """Search words name pages that exist; without pages, one of the words of each language stands in its texts."""
    paths = guide.outline.paths()
    said = {locale: analysis.fold(_all_words(pages.values())) for locale, pages in guide.pages.items()}
    for name, entry in guide.facts.search_words.items():
        for path in entry.pages:
            yield from _known(path, paths, "page", _fact_file("search-words"), entry.line)
        for locale, words in entry.words.items():
            if not entry.pages and not any(analysis.fold(word) in said[locale] for word in words):
                what = f'"{name}": no page in {locale} has one of its words'
                yield Problem(_fact_file("search-words"), entry.line, what, "Name the pages they should find.")


def role_cards_are_short(guide: Guide) -> Iterator[Problem]:
    """A line of a role card has at most fifteen words."""
    for page in guide.all_pages():
        if isinstance(page, Role):
            for text in (*(line.text for line in page.now), *page.do_not):
                words = len(re.findall(r"\w[\w’'-]*", text.source))
                if words > NOW_WORDS:
                    what = f"{words} words in a line of a role card"
                    yield Problem(page.file, text.line, what, f"At most {NOW_WORDS}; make two lines of it.")


def contact_lines_are_short(guide: Guide) -> Iterator[Problem]:
    """The purpose of a contact fits beside its call button."""
    for page in guide.all_pages():
        if isinstance(page, ContactPage) and len(page.purpose.source) > 60:
            what = f"purpose of {len(page.purpose.source)} characters"
            yield Problem(page.file, page.purpose.line, what, "At most sixty.")


def frame_has_what_it_needs(guide: Guide) -> Iterator[Problem]:
    """What every page leads to exists: sections are kinds of page, and the bars have their pages and numbers."""
    for section in guide.outline.sections:
        if section.slug not in (*KINDS, CARDS):
            hint = f"Sections are: {', '.join(KINDS)}."
            yield Problem("content/guide.yaml", 1, f'unknown section "{section.slug}"', hint)
    existing = guide.pages[SOURCE].keys() | {path for locale, path in guide.unread if locale == SOURCE}
    for path in FRAME_PATHS:
        if path not in existing:
            hint = "Every page of the guide leads to it."
            yield Problem(f"content/{SOURCE}/{path}.md", 1, "the page is missing", hint)
    for name in (DANGER, ADVICE):
        if name not in guide.facts.contacts:
            hint = "It stands at the top of every page."
            yield Problem(_fact_file("contacts"), 1, f'contact "{name}" is missing', hint)


# ── Cards ──────────────────────────────────────────────────────────────────────────────────────────────────

# The script of a language's cards: how Unicode's names of its letters begin, and the direction it is written in.
SCRIPTS = {
    "Arab": ("ARABIC", "rtl"),
    "Beng": ("BENGALI", "ltr"),
    "Cyrl": ("CYRILLIC", "ltr"),
    "Deva": ("DEVANAGARI", "ltr"),
    "Ethi": ("ETHIOPIC", "ltr"),
    "Guru": ("GURMUKHI", "ltr"),
    "Hans": ("CJK", "ltr"),
    "Latn": ("LATIN", "ltr"),
    "Thai": ("THAI", "ltr"),
}


def cards_are_whole(guide: Guide) -> Iterator[Problem]:
    """Each language has every sentence of the facts, and what it really says in English; the guide's own have cards."""
    if not guide.facts.cards and not guide.cards:
        return
    for locale in Locale:
        if locale not in guide.cards:
            hint = "Readers see its sentences under those of the person."
            yield Problem(f"content/cards/{locale}.yaml", 1, "the file is missing", hint)
    for language in guide.cards.values():
        for field in ("sentences", "back_translation"):
            written = {name: text for name, text in getattr(language, field).items() if text.strip()}
            for name in guide.facts.cards.keys() - written.keys():
                hint = "content/facts/cards.yaml names it; a language is shown whole or not at all."
                yield Problem(language.file, language.line_of(field, name), f'{field}: "{name}" is missing', hint)
            for name in written.keys() - guide.facts.cards.keys():
                hint = _nearest(name, guide.facts.cards)
                yield Problem(language.file, language.line_of(field, name), f'{field}: unknown card "{name}"', hint)


def cards_are_in_their_script(guide: Guide) -> Iterator[Problem]:
    """The script of a language is known, goes in the direction that is said, and its sentences are written in it."""
    for language in guide.cards.values():
        if language.script not in SCRIPTS:
            hint = f"Known: {', '.join(SCRIPTS)}."
            yield Problem(language.file, language.line_of("script"), f'unknown script "{language.script}"', hint)
            continue
        name_of_letters, direction = SCRIPTS[language.script]
        if language.direction != direction:
            what = f"{language.script} is written {direction}, not {language.direction}"
            yield Problem(language.file, language.line_of("direction"), what, "Mend the direction or the script.")
        for name, text in language.sentences.items():
            letters = [unicodedata.name(each, "") for each in FACT.sub("", text) if each.isalpha()]
            if sum(each.startswith(name_of_letters) for each in letters) * 2 < len(letters):
                what = f'"{name}" is not written in {language.script}'
                yield Problem(language.file, language.line_of("sentences", name), what, "Is it another language?")


def cards_agree_with_the_source(guide: Guide) -> Iterator[Problem]:
    """A sentence names the facts that the Dutch one names, as often, and holds no other number, in whatever digits."""
    if SOURCE not in guide.cards:
        return
    for language in guide.cards.values():
        for field in ("sentences", "back_translation"):
            for name, text in getattr(language, field).items():
                line = language.line_of(field, name)
                expected = sorted(FACT.findall(guide.cards[SOURCE].sentences.get(name, "")))
                if text.strip() and sorted(FACT.findall(text)) != expected:
                    names = ", ".join(f"{{{{{each}}}}}" for each in expected) or "none"
                    yield Problem(
                        language.file, line, f'{field}: "{name}" has other facts', f"The source has: {names}."
                    )
                yield from _no_number(text, language.file, line, f'{field}: "{name}"')
    for name, card in guide.facts.cards.items():
        for note in (card.note or {}).values():
            yield from _no_number(note, _fact_file("cards"), card.line, f'the note of "{name}"')
        texts = [*(card.note or {}).values(), guide.cards[SOURCE].sentences.get(name, "")]
        for fact in {found for text in texts for found in FACT.findall(text)}:
            yield from _known(fact.partition(".")[0], guide.facts.named, "fact", _fact_file("cards"), card.line)


def _no_number(text: str, file: str, line: int, what: str) -> Iterator[Problem]:
    for each in FACT.sub("", text):
        if unicodedata.numeric(each, None) is not None and not each.isalpha():  # “三” is a word
            hint = "Numbers are facts: write {{its-name}}, or the word."
            yield Problem(file, line, f'{what} holds the number "{each}"', hint)
            return


RULES: tuple[Rule, ...] = (
    translations_are_complete,
    outline_names_every_page,
    titles_are_unique,
    fact_names_are_unique,
    facts_name_known_sources,
    texts_name_known_facts,
    texts_hold_no_digits,
    links_lead_somewhere,
    anchors_are_unique,
    markup_is_plain,
    pages_name_known_things,
    lists_are_whole,
    calls_are_decided,
    translations_have_the_same_parts,
    questions_lead_to_outcomes,
    outcomes_help,
    next_pages_follow_the_facts,
    dates_are_not_ahead,
    keywords_are_words,
    search_words_lead_somewhere,
    role_cards_are_short,
    contact_lines_are_short,
    frame_has_what_it_needs,
    cards_are_whole,
    cards_are_in_their_script,
    cards_agree_with_the_source,
)


# ── Helpers ────────────────────────────────────────────────────────────────────────────────────────────────


def _texts(guide: Guide) -> Iterator[tuple[Page, Text]]:
    for page in guide.all_pages():
        for text in page.texts():
            yield page, text


def _all_words(pages: Iterable[Page]) -> str:
    return " ".join(" ".join((page.title, *page.keywords, *(text.source for text in page.texts()))) for page in pages)


def _fact_file(kind: str) -> str:
    return f"content/facts/{kind}.yaml"


def _known(name: str | None, known: Collection[str], kind: str, file: str, line: int) -> Iterator[Problem]:
    if name is not None and name not in known:
        yield Problem(file, line, f'unknown {kind} "{name}"', _nearest(name, known))


def _nearest(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f'Did you mean "{near[0]}"?' if near else ""


def _same(expected: Collection[str], found: Collection[str], kind: str, page: Page, field: str) -> Iterator[Problem]:
    line = page.line_of(field)
    for name in sorted(set(expected) - set(found)):
        yield Problem(page.file, line, f'{kind} "{name}" is missing', "The facts name it.")
    for name in sorted(set(found) - set(expected)):
        hint = _nearest(name, expected) or "Add it to the facts first."
        yield Problem(page.file, line, f'unknown {kind} "{name}"', hint)
