"""Copies the assets that come from packages (fonts, htmx) into the static folder; run at set-up."""

import re
from pathlib import Path

import django_htmx

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "essor" / "web" / "static" / "vendor"
FONTS = {
    "fraunces": "fraunces-latin-wght-normal.woff2",
    "source-sans-3": "source-sans-3-latin-wght-normal.woff2",
}
_SOURCE_MAP = re.compile(rb"\n?//[#@] ?sourceMappingURL=[^\n]*")


class AssetMissing(Exception):
    """A package that carries an asset is not installed."""


def copy_assets(modules: Path = ROOT / "node_modules", target: Path = VENDOR) -> list[Path]:
    """Copy the fonts with their licences and htmx into ``target``; return what was written.

    A file that is already there with the same content is left alone, so that a second run is quick
    and does not disturb a running server. Raises AssetMissing with what to run.
    """
    sources: dict[str, Path] = {}
    for name, file in FONTS.items():
        package = modules / "@fontsource-variable" / name
        sources[f"{name}.woff2"] = package / "files" / file
        sources[f"{name}.LICENSE.txt"] = package / "LICENSE"
    static = Path(django_htmx.__file__).parent / "static" / "django_htmx"
    sources["htmx.min.js"] = static / "htmx-2.min.js"
    return [_copy(source, target / name) for name, source in sources.items()]


def _copy(source: Path, destination: Path) -> Path:
    if not source.is_file():
        raise AssetMissing(f"{source} is missing: first run “npm ci --ignore-scripts”.")
    content = source.read_bytes()
    if destination.suffix == ".js":
        content = _SOURCE_MAP.sub(b"", content)
    if not destination.is_file() or destination.read_bytes() != content:
        destination.parent.mkdir(parents=True, exist_ok=True)
        destination.write_bytes(content)
    return destination


def main() -> int:
    """Copy everything and say so in one line."""
    try:
        written = copy_assets()
    except AssetMissing as missing:
        print(missing)
        return 1
    kilobytes = sum(path.stat().st_size for path in written) // 1024
    print(f"{len(written)} assets ready in essor/web/static/vendor ({kilobytes} kB).")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
