"""Writes the worked example again: `.venv/bin/python -m tests.web.methods.write_example`."""

import json
from pathlib import Path
from typing import Any

from essor.engines.synthesis.synthesise import synthesise
from essor.web.methods import texts

PATH = Path(texts.__file__).with_name("example.json")
KEPT = ("method", "groups", "left_aside", "duplicates", "positions")


def computed() -> dict[str, Any]:
    """What the engine makes of the example now."""
    result = synthesise(list(texts.VOICES), grain=texts.NUMBER, seed=texts.SEED).to_dict()
    return json.loads(json.dumps({name: result[name] for name in KEPT}))


if __name__ == "__main__":
    PATH.write_text(json.dumps(computed(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
