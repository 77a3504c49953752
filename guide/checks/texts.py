"""Rules on words: facts instead of numbers, links that lead somewhere, plain markup, words to be searched."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from textwrap import shorten

from .. import analysis
from ..errors import Problem
from ..locales import SOURCE
from ..model import (
    CALLOUTS,
    FACT,
    FACT_PARTS,
    HOME,
    NOT_SOUGHT,
    SEARCH,
    Guide,
    Page,
    SignList,
    Steps,
    Talk,
    Text,
)
from .common import fact_file, known, nearest, texts_of


def fact_names_are_unique(guide: Guide) -> Iterator[Problem]:
    """A name means one fact, whatever file it stands in."""
    first: dict[str, str] = {}
    for kind, name, fact in guide.facts.dated():
        if type(fact) not in FACT_PARTS:
            continue
        other = first.setdefault(name, kind)
        if other != kind:
            what = f'"{name}" stands twice: also in {other}.yaml'
            yield Problem(fact_file(kind), fact.line, what, "Rename one of the two.")


def facts_name_known_sources(guide: Guide) -> Iterator[Problem]:
    """Facts rest on sources and laws that are listed."""
    for kind, _, fact in guide.facts.dated():
        for source in fact.sources:
            yield from known(source, guide.facts.sources, "source", fact_file(kind), fact.line)
    for article in guide.facts.articles.values():
        for law in filter(None, (article.law, article.formerly_law)):
            yield from known(law, guide.facts.laws, "law", fact_file("articles"), article.line)


def texts_name_known_facts(guide: Guide) -> Iterator[Problem]:
    """{{name}} is a fact, and {{name.part}} a part that it has."""
    named = guide.facts.named
    for page, text in texts_of(guide):
        for name, part, line in text.fact_uses():
            yield from known(name, named, "fact", page.file, line)
            if part and name in named and part not in FACT_PARTS[type(named[name])]:
                parts = ", ".join(FACT_PARTS[type(named[name])]) or "none"
                yield Problem(page.file, line, f'"{name}" has no part "{part}"', f"It has: {parts}.")
            elif part and name in named and getattr(named[name], part, "") is None:
                hint = "Leave it out, or add it to the facts."
                yield Problem(page.file, line, f'"{name}" has nothing for "{part}"', hint)


def texts_hold_no_digits(guide: Guide) -> Iterator[Problem]:
    """Numbers are facts: they stand in content/facts/ only."""
    hint = "Put it in content/facts/ and write {{its-name}}; write small numbers as words."
    for page, text in texts_of(guide):
        bare = re.sub(rf"{FACT.pattern}|\]\([^)\s]*|\{{#[^}}]*\}}", _blank, text.source)
        for match in re.finditer(r"\d[\d .,/]*", bare):
            yield Problem(page.file, _line_of(match, text), f'number "{match[0].strip(" .,/")}" in the text', hint)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def titles_are_plain_words(guide: Guide) -> Iterator[Problem]:
    """Titles and short names are shown as they stand, so they hold no number, no fact and no Markdown."""
    for page in guide.all_pages():
        for field, what in (("title", "the title"), ("nav", "the short name")):
            words = getattr(page, field, "")
            if number := re.search(r"\d+", words):
                yield Problem(page.file, page.line_of(field), f'number "{number[0]}" in {what}', "Say it in words.")
            if mark := re.search(r"[{}<>*_`#|\\\[\]]|&#?\w+;", words):
                hint = "It is shown as it stands; write plain words."
                yield Problem(page.file, page.line_of(field), f'"{mark[0]}" in {what}', hint)


def links_lead_somewhere(guide: Guide) -> Iterator[Problem]:
    """A link leads to a page of the same locale, to a heading of it, or to another site over https."""
    for page, text in texts_of(guide):
        for target, line, facts in text.links:
            if set(facts) & guide.facts.contacts.keys():
                yield Problem(page.file, line, "a telephone number inside a link", "The number is a link of its own.")
            path, _, anchor = target.partition("#")
            if not path and not anchor:
                yield Problem(page.file, line, "a link without an address", "Write [words](/page).")
                continue
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
        yield from known(name, guide.pages[page.locale], "page", page.file, line)
        return
    anchors = anchors_of(target)
    if anchor and anchor not in anchors:
        yield Problem(page.file, line, f'"{name}" has no part "#{anchor}"', nearest(anchor, anchors))


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
    (r"^(?: {4}|\t)", "an indented line", "Begin it at the margin; Markdown takes it for code."),
    (r"`|^ *~~~", "a mark of code", "The guide shows no code; quote with “…”."),
    (r"^#(?!#)", "heading of the first level", "The title in the front matter is the only one; begin with ##."),
    (r"^#{4,}", "heading of the fourth level", "Use ## and ###."),
    (r"^(?:=+|-+)[ \t]*$", "an underlined heading or a rule", "Write ## before a heading."),
    (r"^#{2,3}[^#\s]", "a heading without a space", "Write a space after ## or ###."),
    (r"!\[", "an image", "The guide has no images in texts."),
    (r"\]\n?\[|^(?:[ \t>*+-])*\[[^\[\]]+\]:", "a link with its address elsewhere", "Write [words](/page)."),
    (
        r"\{(?!#[\w-]+\})|(?<!\{)\{[^#]|(?<![\w-])\}",
        "a brace that is no fact",
        "Write {{name}}.",
    ),
)
"""What Markdown would take and the guide does not show: a pattern, what it is, what to do."""


def markup_is_plain(guide: Guide) -> Iterator[Problem]:
    """No raw HTML, nothing that Markdown takes and the guide does not show, every callout whole."""
    for page, text in texts_of(guide):
        tags = [*re.finditer(r"</?[a-zA-Z][^>]*>?|<[!?]", text.source)]
        for line, match in {_line_of(match, text): match for match in reversed(tags)}.items():  # the first of a line
            what = f"raw HTML {shorten(match[0], 60, placeholder=' …')}"
            yield Problem(page.file, line, what, "Use Markdown; HTML is thrown away.")
        bare = FACT.sub(lambda match: "\n" * match[0].count("\n"), text.source)
        for pattern, what, hint in NOT_OURS:
            for match in re.finditer(pattern, bare, re.MULTILINE):
                yield Problem(page.file, _line_of(match, text), what, hint)
        yield from _callouts(text, page.file)


def _line_of(match: re.Match[str], text: Text) -> int:
    return text.line + match.string.count("\n", 0, match.start())


def _callouts(text: Text, file: str) -> Iterator[Problem]:
    """A problem for each callout that is unknown, has no title, or is not closed before the next begins."""
    begun: re.Match[str] | None = None
    for match in re.finditer(r"^[ \t]*(/{3,})(.*)$", text.source, re.MULTILINE):
        kind, _, title = (part.strip() for part in match[2].partition("|"))
        if match[2].strip():
            if begun:
                yield _not_closed(begun, text, file)
            begun = match
            yield from _callout(kind, title, file, _line_of(match, text))
        elif begun and match[1] == begun[1]:
            begun = None
        else:
            hint = "Begin it with a line /// note | Title, with as many strokes."
            yield Problem(file, _line_of(match, text), "the end of a callout that was not begun", hint)
    if begun:
        yield _not_closed(begun, text, file)


def _not_closed(begun: re.Match[str], text: Text, file: str) -> Problem:
    return Problem(file, _line_of(begun, text), "a callout is not closed", f"End it with a line {begun[1]}")


def _callout(kind: str, title: str, file: str, line: int) -> Iterator[Problem]:
    if kind not in CALLOUTS:
        yield Problem(file, line, f'unknown callout "{kind}"', f"Known: {', '.join(CALLOUTS)}.")
    elif not title:
        yield Problem(file, line, f'callout "{kind}" has no title', f"Write /// {kind} | Title")


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
            yield from known(path, paths, "page", fact_file("search-words"), entry.line)
            if path == SEARCH or isinstance(guide.pages[SOURCE].get(path), NOT_SOUGHT):
                what = f'"{name}": the search does not lead to "{path}"'
                hint = "Name the page that says it; of practice and “next step”, learn or next."
                yield Problem(fact_file("search-words"), entry.line, what, hint)
        for locale, words in entry.words.items():
            if not entry.pages and not any(analysis.fold(word) in said[locale] for word in words):
                what = f'"{name}": no page in {locale} has one of its words'
                yield Problem(fact_file("search-words"), entry.line, what, "Name the pages they should find.")


def _all_words(pages: Iterable[Page]) -> str:
    return " ".join(" ".join((page.title, *page.keywords, *(text.source for text in page.texts()))) for page in pages)
