"""Writes the example of introductions again: `.venv/bin/python -m tests.web.methods.write_matching`."""

import json
from pathlib import Path
from typing import Any

from essor.engines.matching.match import match
from essor.engines.matching.sides import Item
from essor.web.methods import matching_texts as texts

PATH = Path(texts.__file__).with_name("matching.json")


def computed() -> dict[str, Any]:
    """What the engine makes of the example now."""
    found = match([_item(texts.SEEKER)], [_item(each) for each in texts.CANDIDATES], floor=0)
    proposals = [
        {
            "name": each.right,
            "rank": each.rank,
            "score": each.score,
            "parts": [{"name": p.name, "points": p.points, "most": p.most} for p in each.parts],
        }
        for each in found.proposals
    ]
    return json.loads(json.dumps({"method": found.method.to_dict(), "proposals": proposals}))


def _item(said: dict[str, Any]) -> Item:
    latitude, longitude = said["place"]
    sets = ("themes", "families", "missing", "linked_families", "linked_themes")
    return Item(
        said["id"],
        tuple(said["words"]),
        latitude=latitude,
        longitude=longitude,
        offers=said.get("offers", {}),
        seeks=said.get("seeks", {}),
        **{name: frozenset(said.get(name, ())) for name in sets},
    )


if __name__ == "__main__":
    PATH.write_text(json.dumps(computed(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
