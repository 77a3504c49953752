"""Text in, words out: what the search compares, in the four languages. Does no input or output.

`fold` and `words` are written a second time in `static/js/lib/text.js`, for what a reader types; a test in
`tests/browser/test_search.py` holds the two together over every word of the guide. Stems are made here only:
the phone gets every form that occurs, grouped by stem, so it needs no stemmer.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from html import unescape

import snowballstemmer

from .locales import Locale

_LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "\u00ad": None})
# In scripts that write vowels as marks (Bengali, Devanagari, Gurmukhi …) a mark is a part of its word; \w knows none.
_MARKS = "".join(char for char in map(chr, range(0x300, 0x1100)) if unicodedata.category(char).startswith("M"))
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")

# Words that say nothing about what a reader looks for. They are left out of the index and of the query.
_EMPTY: Mapping[Locale, str] = {
    Locale.NL: """
        aan al alle alles als bent bij dan dat de deze die dit doe doen door dus een en er geen haar had heb
        hebben heeft hem het hier hij hoe hun iemand iets ik in is je kan kunnen maar mag me mee meer men met
        mij mijn moet moeten na naar niet niets nog nu of om onder ons ook op over per te tot toch u uit uw van
        veel voor waar want was wat we wel wie wil worden wordt ze zelf zich zij zijn zo zonder zou""",
    Locale.FR: """
        afin ai alors au aucun aussi autre aux avec avez avoir ce cela celle celui ces cet cette ceux chaque
        chez comme dans de des dit donc dont du elle elles en encore entre es est et etaient etait ete etre eux
        fait faire faut ici il ils je la le les leur leurs lui ma mais me meme mes moi mon ne nos notre nous on
        ont ou par pas pendant peu peut plus pour qu quand que quel quelle quelles quelque quels qui quoi rien
        sa sans se ses si soit son sont sous sur ta te tes toi ton tout toute toutes tous tres tu un une vos
        votre vous""",
    Locale.DE: """
        aber alle alles als also am an auch auf aus bei beim bin bis da dann das dass dem den der des die dies
        diese diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es etwas fur hat
        haben ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jeder kann kein keine keinen
        man mehr mein meine mich mir mit muss nach nicht nichts noch nur ob oder ohne schon sein seine sich sie
        sind so soll und uns unter vom von vor war was wenn wer werden wie wir wird wo zu zum zur""",
    Locale.EN: """
        about after all also am an and any anything are as at be because been before but by can could did do
        does everything for from get had has have he her here him his how if in into is it its just may me more
        must my no nor not nothing of on one or our out she should so some something such than that the their
        them then there these they this those to too up us was we were what when where which who whom will with
        would you your""",
}
_SNOWBALL = {Locale.NL: "dutch", Locale.FR: "french", Locale.DE: "german", Locale.EN: "english"}


def fold(text: str) -> str:
    """The text without capitals, accents and other marks, and soft hyphens; ß is ss, œ is oe."""
    apart = unicodedata.normalize("NFD", text.lower().translate(_LETTERS))
    return "".join(char for char in apart if not unicodedata.category(char).startswith("M"))


def words(text: str) -> list[str]:
    """The folded words of a text in their order, empty ones too; a single letter is no word, a digit is."""
    return [word for word in _WORD.findall(fold(text)) if _counts(word)]


def forms(text: str) -> list[tuple[str, str]]:
    """The words of a text as folded and as written, which is what a stem is made of."""
    written = _WORD.findall(unicodedata.normalize("NFC", text.lower().replace("\u00ad", "")))
    return [(folded, word) for word in written if _counts(folded := fold(word))]


@cache
def stem(word: str, locale: Locale) -> str:
    """What the inflected forms of a word have in common, folded."""
    return fold(_stemmer(locale).stemWord(word))


@cache
def empty_words(locale: Locale) -> Collection[str]:
    """The folded words that are left out, in the order of the alphabet."""
    return tuple(sorted(_EMPTY[locale].split()))


def without_tags(html: str) -> str:
    """The words of a piece of HTML, one space between them."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def _counts(word: str) -> bool:
    return len(word) > 1 or word.isdigit()


@cache
def _stemmer(locale: Locale) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_SNOWBALL[locale])
