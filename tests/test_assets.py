from pathlib import Path

import pytest

from guide import assets
from guide.errors import AssetError

from .conftest import ROOT


def modules(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".js")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder / "main.js"


def test_modules_come_before_those_that_import_them(tmp_path: Path) -> None:
    entry = modules(
        tmp_path,
        main='import { a } from "./lib/one.js";\nimport "./two.js";\na();\n',
        two='import { a } from "./lib/one.js";\na();\n',
        lib__one="export function a() {}\nexport const b = 1;\n",
    )
    text = assets.script(entry)
    assert text.index("const $one=") < text.index("const $two=") < text.index("const $main=")
    assert text.count("const $one=") == 1
    assert "import" not in text and "export" not in text


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"main": 'import x from "./x.js";\n', "x": ""}, "is a form the bundle does not know"),
        ({"main": "export default 1;\n"}, "is a form the bundle does not know"),
        ({"main": 'import "./x.js";\n'}, "not there"),
        ({"main": 'import "./x.js";\n', "x": 'import "./main.js";\n'}, "imports itself"),
        ({"main": 'import "./x.js";\nimport "./lib/x.js";\n', "x": "", "lib__x": ""}, "there already"),
    ],
)
def test_what_the_bundle_does_not_understand_is_refused(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(AssetError, match=message):
        assets.script(modules(tmp_path, **files))


def test_every_style_sheet_keeps_to_one_layer(tmp_path: Path) -> None:
    (tmp_path / "layers.css").write_text("@layer base, components;\n")
    (tmp_path / "good.css").write_text("@layer base { a { color: red } }\n")
    assert "a{color:red}" in assets.style_sheet(tmp_path)
    (tmp_path / "bad.css").write_text("a { color: red }\n")
    with pytest.raises(AssetError, match="must be one block @layer"):
        assets.style_sheet(tmp_path)


def test_every_element_is_in_the_script_and_named_like_its_file() -> None:
    text = assets.script(ROOT / "static/js/main.js")
    for path in (ROOT / "static/js").glob("*-*.js"):
        assert f'customElements.define("{path.stem}"' in text


def test_every_class_of_a_component_has_its_style_sheet() -> None:
    sheets = {path.stem for path in (ROOT / "static/css/components").glob("*.css")}
    for path in (ROOT / "guide/templates/components").glob("*.html"):
        assert path.stem in sheets | {"icon", "source-list"}, f"{path.name} has no style sheet of its name"


def test_no_style_or_script_asks_another_host() -> None:
    for path in (ROOT / "static").rglob("*.*"):
        if path.suffix in (".css", ".js"):
            text = path.read_text(encoding="utf-8")
            assert "://" not in text, path
            assert "url(" not in text and "@import" not in text, path
