import pytest

from essor.console.assets import FONTS, AssetMissing, copy_assets


def modules(tmp_path):
    for name, file in FONTS.items():
        package = tmp_path / "node_modules" / "@fontsource-variable" / name
        (package / "files").mkdir(parents=True)
        (package / "files" / file).write_bytes(b"woff2")
        (package / "LICENSE").write_text("OFL")
    return tmp_path / "node_modules"


def test_fonts_come_with_their_licence_and_htmx_without_its_map(tmp_path):
    written = {path.name for path in copy_assets(modules(tmp_path), tmp_path / "vendor")}
    assert {"fraunces.woff2", "fraunces.LICENSE.txt", "source-sans-3.woff2", "htmx.min.js"} <= written
    assert b"sourceMappingURL" not in (tmp_path / "vendor" / "htmx.min.js").read_bytes()


def test_a_second_run_touches_nothing(tmp_path):
    source = modules(tmp_path)
    first = {path: path.stat().st_mtime_ns for path in copy_assets(source, tmp_path / "vendor")}
    assert {path: path.stat().st_mtime_ns for path in copy_assets(source, tmp_path / "vendor")} == first


def test_what_to_run_is_said_when_packages_are_missing(tmp_path):
    with pytest.raises(AssetMissing, match="npm ci --ignore-scripts"):
        copy_assets(tmp_path, tmp_path / "vendor")
