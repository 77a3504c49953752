"""Rules on the cards for the person: whole, in their script, and saying what the source says."""

import unicodedata
from collections.abc import Iterator

from ..errors import Problem
from ..locales import SOURCE, Locale
from ..model import FACT, FACT_PARTS, CardLanguage, Contact, Fact, Guide
from .common import fact_file, known, nearest

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
        for field in _fields(language):
            written = {name: text for name, text in getattr(language, field).items() if text.strip()}
            for name in guide.facts.cards.keys() - written.keys():
                hint = "content/facts/cards.yaml names it; a language is shown whole or not at all."
                yield Problem(language.file, language.line_of(field, name), f'{field}: "{name}" is missing', hint)
            for name in written.keys() - guide.facts.cards.keys():
                hint = nearest(name, guide.facts.cards)
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
        for field in _fields(language):
            for name, text in getattr(language, field).items():
                line = language.line_of(field, name)
                expected = sorted(FACT.findall(guide.cards[SOURCE].sentences.get(name, "")))
                if text.strip() and sorted(FACT.findall(text)) != expected:
                    names = ", ".join(f"{{{{{each}}}}}" for each in expected) or "none"
                    yield Problem(
                        language.file, line, f'{field}: "{name}" has other facts', f"The source has: {names}."
                    )
                if field != "second_reading":  # which may have a remark, such as for which numbers a plural holds
                    yield from _no_number(text, language.file, line, f'{field}: "{name}"')
    for name, card in guide.facts.cards.items():
        for note in (card.note or {}).values():
            yield from _no_number(note, fact_file("cards"), card.line, f'the note of "{name}"')
        texts = [*(card.note or {}).values(), guide.cards[SOURCE].sentences.get(name, "")]
        for fact in {found for text in texts for found in FACT.findall(text)}:
            yield from known(fact.partition(".")[0], guide.facts.named, "fact", fact_file("cards"), card.line)


def cards_name_what_can_be_shown(guide: Guide) -> Iterator[Problem]:
    """The facts have no words in the language of a card, so it names numbers only; a note is in the reader's own."""
    for language in guide.cards.values():
        for name, text in language.sentences.items():
            for mark, fact, part in _facts_in(text, guide):
                if part != ("" if isinstance(fact, Contact) else "number") or not _has_part(fact, part):
                    what = f'sentences: "{name}" names {{{{{mark}}}}}, which is no number'
                    hint = "Name a contact for its telephone number, or a number as {{its-name.number}}."
                    yield Problem(language.file, language.line_of("sentences", name), what, hint)
    for name, card in guide.facts.cards.items():
        for note in (card.note or {}).values():
            for mark, fact, part in _facts_in(note, guide):
                if not _has_part(fact, part):
                    hint = f"It has: {', '.join(FACT_PARTS[type(fact)]) or 'none'}."
                    yield Problem(fact_file("cards"), card.line, f'the note of "{name}": no part {{{{{mark}}}}}', hint)


def _facts_in(text: str, guide: Guide) -> Iterator[tuple[str, Fact, str]]:
    """Each known fact that a sentence names: as it is written, the fact, the part (may be empty)."""
    for mark in FACT.findall(text):
        name, _, part = mark.partition(".")
        if name in guide.facts.named:
            yield mark, guide.facts.named[name], part


def _has_part(fact: Fact, part: str) -> bool:
    return not part or (part in FACT_PARTS[type(fact)] and getattr(fact, part, "") is not None)


def _fields(language: CardLanguage) -> tuple[str, ...]:
    """What must be there whole: a language that the team does not read itself is shown only after a second reading."""
    is_read_here = language.tag in list(Locale)
    needs_second = (language.published and not is_read_here) or language.second_reading
    return ("sentences", "back_translation", *(["second_reading"] if needs_second else []))


def _no_number(text: str, file: str, line: int, what: str) -> Iterator[Problem]:
    for each in FACT.sub("", text):
        if unicodedata.numeric(each, None) is not None and not each.isalpha():  # “三” is a word
            hint = "Numbers are facts: write {{its-name}}, or the word."
            yield Problem(file, line, f'{what} holds the number "{each}"', hint)
            return
