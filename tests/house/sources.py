"""What the house rules read: the sources of the project, parsed once."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ESSOR = ROOT / "essor"
TEMPLATES = ESSOR / "web" / "templates"
PARTS = ("essor", "tests", "benchmarks")


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def module(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def tree(self) -> ast.Module:
        return _parse(self.text, self.name)

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.path.parts and self.path.name != "__init__.py"


@cache
def _parse(text: str, name: str) -> ast.Module:
    return ast.parse(text, name)


@cache
def python_sources(*parts: str) -> tuple[Source, ...]:
    """The Python files below these folders (all of the project without argument)."""
    found = []
    for part in parts or PARTS:
        found += [
            Source(path, path.read_text(encoding="utf-8")) for path in sorted((ROOT / part).rglob("*.py"))
        ]
    return tuple(found)


@cache
def templates() -> dict[str, str]:
    """Each template of the site by its name."""
    return {
        str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8")
        for path in sorted(TEMPLATES.rglob("*"))
        if path.suffix in {".html", ".txt"}
    }


def code_lines(source: Source, node: ast.AST) -> int:
    """Lines of code of a function or class: neither blank, nor comment, nor its docstring."""
    lines = source.text.splitlines()[node.lineno - 1 : node.end_lineno]
    count = sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))
    if ast.get_docstring(node, clean=False) is None:
        return count
    docstring = node.body[0]
    text = source.text.splitlines()[docstring.lineno - 1 : docstring.end_lineno]
    return count - sum(1 for line in text if line.strip() and not line.strip().startswith("#"))


def imported_modules(source: Source) -> set[str]:
    """Every dotted name a file imports; `from a import b` gives both a and a.b."""
    names: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def none_of(broken: Iterable[str]) -> None:
    """Fail with the whole list, one to a line, if anything breaks the rule."""
    lines = sorted(broken)
    if lines:
        pytest.fail(f"{len(lines)} break this rule:\n  " + "\n  ".join(lines), pytrace=False)
