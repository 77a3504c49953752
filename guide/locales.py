"""The four locales of the guide: code, own name, order. Dutch is the source, the others are translated from it."""

from enum import StrEnum


class Locale(StrEnum):
    """A language of the guide; its value is the first segment of every address and the `lang` of the page."""

    NL = "nl"
    FR = "fr"
    DE = "de"
    EN = "en"

    @property
    def own_name(self) -> str:
        """What speakers of the language call it."""
        return {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}[self.value]

    @property
    def conventions(self) -> str:
        """The CLDR locale after which dates and periods are written: the Belgian form of the language."""
        return f"{self.value}_BE"


SOURCE = Locale.NL
