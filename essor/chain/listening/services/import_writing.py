"""Writing prepared voices: those already known are passed over, the others enter in large handfuls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from essor.chain.listening.bulk import insert_rows, moment_for_database, reserve_keys
from essor.chain.listening.enums import Channel, Moderation, VoiceState
from essor.chain.listening.incoming import Incoming, Reading
from essor.chain.listening.models import Contribution, ImportBatch, Speaker
from essor.ground.people.enums import StakeholderFamily
from essor.outside.issues import RowIssue

_VOICE_COLUMNS = (
    "id", "territory_id", "consultation_id", "question_id", "gathering_id", "speaker_id", "theme_id",
    "channel", "state", "family", "title", "words", "search", "language", "commune_code", "place_label",
    "table", "said_at", "created_at", "reply_to_id", "alignment", "personal_data", "receipt_digest",
    "batch_id", "source_key", "source_line", "version",
)  # fmt: skip
_SPEAKER_COLUMNS = (
    "id", "territory_id", "pseudonym", "family", "person_id", "guest_digest", "source_digest", "created_at",
)  # fmt: skip


@dataclass(frozen=True)
class Names:
    """Keys of the themes and questions that the voices name."""

    themes: Mapping[str, int | None] = field(default_factory=dict)
    questions: Mapping[str, int] = field(default_factory=dict)


class VoiceWriter:
    """Writes the voices of one import, chunk by chunk, inside the caller's transaction."""

    def __init__(self, batch: ImportBatch, names: Names, reading: Reading, now: datetime) -> None:
        self.batch, self.names, self.reading = batch, names, reading
        self.made = self.known = 0
        self._now = moment_for_database(now)
        self._first = next(iter(reserve_keys(Contribution, 1)))
        self._repeats: dict[str, int] = {}
        self._awaited: list[tuple[int, Incoming]] = []
        before = batch.consultation.moderation == Moderation.BEFORE
        self._state = str(VoiceState.WAITING if before else VoiceState.PUBLISHED)

    def write(self, chunk: Sequence[Incoming]) -> None:
        new = self._unknown(chunk)
        speakers = self._speakers(new)
        keys = reserve_keys(Contribution, len(new))
        self._state_keys = {voice.key: key for voice, key in zip(new, keys, strict=True)}
        parents = self._parents(new)
        insert_rows(
            Contribution,
            _VOICE_COLUMNS,
            [
                self._row(key, voice, speaker, parents.get(voice.reply_to))
                for key, voice, speaker in zip(keys, new, speakers, strict=True)
            ],
        )
        for key, voice in zip(keys, new, strict=True):
            if voice.reply_to and voice.reply_to not in parents:
                self._awaited.append((key, voice))
        self.made += len(new)

    def tie_replies(self) -> None:
        """Give the replies that came before what they answer their parent."""
        for start in range(0, len(self._awaited), 500):
            part = self._awaited[start : start + 500]
            found = self._stored([voice.reply_to for _key, voice in part])
            pairs = [(found[voice.reply_to][0], key) for key, voice in part if voice.reply_to in found]
            with connection.cursor() as cursor:
                cursor.executemany("UPDATE listening_contribution SET reply_to_id = %s WHERE id = %s", pairs)

    def _unknown(self, chunk: Sequence[Incoming]) -> list[Incoming]:
        """The voices to write: neither known before this import nor twice in it."""
        stored = self._stored([voice.key for voice in chunk])
        here: set[str] = set()
        new: list[Incoming] = []
        for voice in chunk:
            earlier = stored.get(voice.key)
            if earlier is not None and earlier[0] < self._first:
                self._pass_over(voice, earlier)
            elif earlier is None and voice.key not in here:
                here.add(voice.key)
                new.append(voice)
            elif voice.repeats:
                number = self._repeats[voice.key] = self._repeats.get(voice.key, 1) + 1
                new.append(voice._replace(key=f"{voice.key}~{number}"))
            else:
                self._tell_twice(voice)
        return new

    def _stored(self, keys: Sequence[str]) -> dict[str, tuple[int, str, int, str]]:
        rows = Contribution.objects.filter(territory=self.batch.territory_id, source_key__in=set(keys))
        return {
            str(key): (pk, words, version, state)
            for key, pk, words, version, state in rows.values_list(
                "source_key", "id", "words", "version", "state"
            )
        }

    def _pass_over(self, voice: Incoming, earlier: tuple[int, str, int, str]) -> None:
        self.known += 1
        _key, words, version, state = earlier
        if words != voice.words and version == 1 and state != VoiceState.ERASED:
            self.reading.tell(
                voice.file,
                RowIssue(
                    voice.line, "",
                    _("Cette ligne a déjà été importée avec d’autres mots : la voix connue est gardée."),
                    _("Corrigez la voix dans l’atelier, ou donnez une autre origine à ce fichier."),
                    skipped=False,
                ),
            )  # fmt: skip

    def _tell_twice(self, voice: Incoming) -> None:
        self.reading.tell(
            voice.file,
            RowIssue(
                voice.line, "",
                _("Cet identifiant est déjà celui d’une autre ligne du fichier."),
                _("Donnez un identifiant propre à chaque ligne, ou n’importez pas cette colonne."),
            ),
        )  # fmt: skip

    def _speakers(self, voices: Sequence[Incoming]) -> list[int]:
        """The speaker of each voice; those never met are made, one for each voice without author."""
        wanted = {voice.author for voice in voices if voice.author}
        known: dict[str, int] = {
            str(trace): pk
            for trace, pk in Speaker.objects.filter(
                territory=self.batch.territory_id, source_digest__in=wanted
            ).values_list("source_digest", "id")
        }
        nameless = [voice for voice in voices if not voice.author]
        unmet = {voice.author: voice for voice in voices if voice.author and voice.author not in known}
        made = [*nameless, *unmet.values()]
        keys = reserve_keys(Speaker, len(made))
        insert_rows(
            Speaker,
            _SPEAKER_COLUMNS,
            [
                (key, self.batch.territory_id, "", voice.family or StakeholderFamily.CITIZEN.value, None,
                 None, voice.author or None, self._now)
                for key, voice in zip(keys, made, strict=True)
            ],
        )  # fmt: skip
        known.update(zip(unmet, keys[len(nameless) :], strict=True))
        fresh = iter(keys)
        return [known[voice.author] if voice.author else next(fresh) for voice in voices]

    def _parents(self, voices: Sequence[Incoming]) -> dict[str, int]:
        wanted = {voice.reply_to for voice in voices if voice.reply_to}
        found = {key: self._state_keys[key] for key in wanted if key in self._state_keys}
        if rest := wanted - set(found):
            found.update({key: row[0] for key, row in self._stored(list(rest)).items()})
        return found

    def _row(self, key: int, voice: Incoming, speaker: int, parent: int | None) -> tuple[Any, ...]:
        return (
            key, self.batch.territory_id, self.batch.consultation_id,
            self.names.questions.get(voice.question), None, speaker, self.names.themes.get(voice.theme),
            Channel.IMPORT.value,
            VoiceState.WAITING.value if voice.is_flagged else self._state,
            voice.family or StakeholderFamily.CITIZEN.value, voice.title, voice.words, voice.search,
            voice.language, voice.commune_code, voice.place_label, "",
            moment_for_database(voice.said_at) if voice.said_at else self._now,
            self._now, parent, voice.alignment, voice.personal, None, self.batch.pk, voice.key, voice.line, 1,
        )  # fmt: skip
