"""What is written beside the code stays true."""

import re

import pytest

from tests.house.sources import ROOT, none_of, python_sources

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)")


@pytest.mark.parametrize("written", PAGES, ids=lambda written: str(written.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(written):
    links = [link for link in _LINK.findall(written.read_text(encoding="utf-8")) if "://" not in link]
    none_of(link for link in links if not (written.parent / link).exists())


def test_every_identifier_of_the_glossary_exists_until_the_next_steps():
    text = (ROOT / "docs" / "glossaire.md").read_text(encoding="utf-8").split("## Les marches suivantes")[0]
    sources = "\n".join(each.text for each in python_sources("essor"))
    named = {
        name for line in text.splitlines() if line.startswith("|") for name in re.findall(r"`(\w+)`", line)
    }
    none_of(name for name in named if not re.search(rf"^class {name}\b", sources, re.MULTILINE))


def test_decisions_are_numbered_once_dated_and_one_page_long():
    wrong = []
    seen: set[str] = set()
    for page in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        lines = page.read_text(encoding="utf-8").splitlines()
        number = page.name[:4]
        if number in seen or not lines[0].startswith(f"# {number} · "):
            wrong.append(f"{page.name}: its number or title")
        if not re.search(r"\d{4}-\d{2}-\d{2}", "\n".join(lines[:5])):
            wrong.append(f"{page.name}: no date")
        if len(lines) > 60:
            wrong.append(f"{page.name}: {len(lines)} lines")
        seen.add(number)
    none_of(wrong)


def test_the_readme_and_its_twin_have_the_same_chapters():
    chapters = [
        (ROOT / name).read_text(encoding="utf-8").count("\n## ") for name in ("README.md", "README.en.md")
    ]
    assert chapters[0] == chapters[1]


def test_no_page_nor_file_names_a_registry():
    """Dependencies come from wherever the machine is set up to find them."""
    files = [
        ROOT / "Makefile",
        ROOT / ".npmrc",
        ROOT / "package-lock.json",
        *(ROOT / "requirements").iterdir(),
    ]
    hosts = re.compile(r"https?://[^\s\"']*(?:pypi|npmjs|registry|simple/)", re.IGNORECASE)
    none_of(str(path.relative_to(ROOT)) for path in files if hosts.search(path.read_text(encoding="utf-8")))
