"""Keeping many prepared rows on disk between reading and writing, so that memory stays flat."""

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice

from essor.chain.listening.incoming import Incoming

CHUNK = 1000


class Spool:
    """Chunks of voices in a nameless temporary file, written once, then read in order."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="essor-import-")  # noqa: SIM115 closed by close()
        self._chunks = 0

    def fill(self, voices: Iterable[Incoming]) -> Iterator[int]:
        """Write every voice; yields how many are written after each chunk."""
        stream, count = iter(voices), 0
        while chunk := list(islice(stream, CHUNK)):
            pickle.dump([tuple(voice) for voice in chunk], self._file, pickle.HIGHEST_PROTOCOL)
            self._chunks += 1
            count += len(chunk)
            yield count

    def chunks(self) -> Iterator[list[Incoming]]:
        self._file.seek(0)
        for _number in range(self._chunks):
            rows = pickle.load(self._file)  # noqa: S301 our own nameless file
            yield [Incoming._make(row) for row in rows]

    def close(self) -> None:
        self._file.close()
