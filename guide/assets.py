"""`static/` in, one style sheet and one script out, so that a first visit costs two requests for both.

The script bundle understands the forms our elements use and refuses all others: `import "./x.js"`,
`import { a, b } from "./x.js"`, and `export function`, `export class`, `export const`.
"""

import re
from pathlib import Path

import rcssmin
import rjsmin

from .errors import AssetError

_IMPORT = re.compile(r'^import (?:\{ (?P<names>[\w, $]+) \} from )?"(?P<path>\.{1,2}/[\w./-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (?P<name>[\w$]+))", re.MULTILINE)


def style_sheet(folder: Path) -> str:
    """All style sheets of the folder in one, the layers' order first, without comments.

    Raises AssetError when a file does not keep to one layer, since its place in the order would then matter.
    """
    layers = (folder / "layers.css").read_text(encoding="utf-8")
    names = re.findall(r"[\w-]+", layers.partition("@layer")[2].partition(";")[0])
    parts = [layers]
    for path in sorted(folder.glob("**/*.css")):
        if path.name == "layers.css":
            continue
        text = path.read_text(encoding="utf-8")
        layer = re.match(r"(?:/\*.*?\*/\s*)?@layer ([\w-]+) \{", text, re.DOTALL)
        if not layer or layer[1] not in names:
            raise AssetError(f"{path}: the file must be one block @layer …, with one of: {', '.join(names)}.")
        parts.append(text)
    return str(rcssmin.cssmin("\n".join(parts))) + "\n"


def script(entry: Path) -> str:
    """The module and everything it imports, each in a scope of its own, in the order of their imports.

    Raises AssetError for a form of import or export it does not know, a missing module, or a circle.
    """
    modules: dict[Path, str] = {}
    _collect(entry.resolve(), modules, ())
    text = "\n".join(modules.values())
    return str(rjsmin.jsmin(text)) + "\n"


def _collect(path: Path, modules: dict[Path, str], above: tuple[Path, ...]) -> str:
    """Put the module and those it needs into `modules`; return the name of its scope."""
    scope = "$" + re.sub(r"\W", "_", path.stem)
    if path in above:
        raise AssetError(f"{path}: imports itself, by way of {' and '.join(step.name for step in above)}.")
    if path in modules:
        return scope
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AssetError(f"{path}: imported by {above[-1]}, but not there.") from None
    for match in list(_IMPORT.finditer(text)):
        needed = _collect((path.parent / match["path"]).resolve(), modules, (*above, path))
        names = f"const {{ {match['names']} }} = {needed};" if match["names"] else ""
        text = text.replace(match[0], names, 1)
    exported = [match["name"] for match in _EXPORT.finditer(text)]
    text = _EXPORT.sub("", text)
    if left := re.search(r"^(?:import|export)\b.*", text, re.MULTILINE):
        raise AssetError(f"{path}: {left[0]!r} is a form the bundle does not know; see guide/assets.py.")
    if any(f"const {scope} = " in other for other in modules.values()):
        raise AssetError(f"{path}: a module of this name is there already.")
    modules[path] = f"const {scope} = (() => {{\n{text}\nreturn {{ {', '.join(exported)} }};\n}})();"
    return scope
