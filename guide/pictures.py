"""The pictures of the guide: its facts as charts, timeline, map and chain, in the reader's language."""

import segno
from flask_babel import gettext
from markupsafe import Markup

from . import charts, words
from .locales import Locale
from .model import District, Guide, Series


def series_chart(guide: Guide, series: Series, name_id: str, locale: Locale) -> Markup:
    """A series as bars, one per year or per form of exploitation."""
    values = {str(year): value for year, value in series.years.items()} or {
        words.write_form(guide, form, locale): value for form, value in series.shares.items()
    }
    written = {label: words.write_number(value, locale) for label, value in values.items()}
    return charts.bar_chart(values, written, name_id)


def qr_code(url: str) -> Markup:
    """An address to be read by a telephone's camera."""
    code = segno.make(url, error="m", micro=False)
    return Markup(code.svg_inline(scale=1, border=2, omitsize=True, svgclass="qr-code", lineclass="", title=url))


def timeline(guide: Guide, name_id: str) -> Markup:
    """The phases of the residence procedure, as long as they last."""
    durations = guide.facts.durations

    def phase(name: str, mark: str = "", *, is_optional: bool = False) -> charts.Phase:
        fact = durations[name]
        months = fact.number / 30 if fact.unit == "day" else fact.number
        return charts.Phase(months, f"{mark}{fact.number}", is_optional)

    phases = [
        phase("reflection"),
        phase("certificate-stay", "≤ "),
        phase("certificate-extension", "+ ", is_optional=True),
        phase("temporary-stay", "↻ "),
        charts.Phase(None, "∞"),
    ]
    return charts.timeline(phases, name_id)


def district_map(guide: Guide, name_id: str, locale: Locale) -> Markup:
    """The judicial districts and the centre usually called in each, as a schematic map."""

    def tile(name: str, district: District) -> charts.Tile:
        centre = guide.page(locale, f"contacts/{district.centre}").title
        return charts.Tile(*district.place, short=name.upper(), under=centre, kind=district.centre, name=name)

    tiles = [tile(name, district) for name, district in guide.facts.districts.items()]
    return charts.tile_map(tiles, name_id)


# Who informs whom, by place in the chain; police and inspection inform three (Foreigners Act, article 61/2).
_INFORMS = [(0, 1), (0, 2), (1, 2), (1, 3), (1, 4), (2, 4), (3, 4), (4, 5)]


def chain(name_id: str) -> Markup:
    """From the reader to the decision on the stay: who informs whom."""
    return charts.chain_picture(_chain_nodes(), _INFORMS, name_id)


def chain_links() -> list[tuple[str, list[str]]]:
    """The same in words: each who informs somebody, and whom."""
    names = [node.who for node in _chain_nodes()]
    return [
        (name, [names[whom] for who, whom in _INFORMS if who == at])
        for at, name in enumerate(names)
        if at in dict(_INFORMS)
    ]


def _chain_nodes() -> list[charts.Node]:
    return [
        charts.Node(0, 0, gettext("You")),
        charts.Node(1, 0, gettext("Police or inspection")),
        charts.Node(0, 1, gettext("Specialised centre")),
        charts.Node(1, 1, gettext("Reference magistrate")),
        charts.Node(0, 2, gettext("Immigration Office")),
        charts.Node(1, 2, gettext("decides on the stay")),
    ]
