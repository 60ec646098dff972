"""Which state may follow which, as data."""

from essor.chain.listening.enums import ConsultationState, ImportState, VoiceState

CONSULTATION_MOVES: dict[str, frozenset[str]] = {
    ConsultationState.DRAFT: frozenset({ConsultationState.OPEN}),
    ConsultationState.OPEN: frozenset({ConsultationState.CLOSED}),
    ConsultationState.CLOSED: frozenset({ConsultationState.OPEN, ConsultationState.ARCHIVED}),
    ConsultationState.ARCHIVED: frozenset({ConsultationState.CLOSED}),
}

VOICE_MOVES: dict[str, frozenset[str]] = {
    VoiceState.WAITING: frozenset(
        {VoiceState.PUBLISHED, VoiceState.PRIVATE, VoiceState.HIDDEN, VoiceState.WITHDRAWN, VoiceState.ERASED}
    ),
    VoiceState.PUBLISHED: frozenset(
        {VoiceState.HIDDEN, VoiceState.PRIVATE, VoiceState.WAITING, VoiceState.WITHDRAWN, VoiceState.ERASED}
    ),
    VoiceState.PRIVATE: frozenset(
        {VoiceState.PUBLISHED, VoiceState.HIDDEN, VoiceState.WITHDRAWN, VoiceState.ERASED}
    ),
    VoiceState.HIDDEN: frozenset(
        {VoiceState.PUBLISHED, VoiceState.WAITING, VoiceState.WITHDRAWN, VoiceState.ERASED}
    ),
    VoiceState.WITHDRAWN: frozenset({VoiceState.ERASED}),
    VoiceState.ERASED: frozenset(),
}

IMPORT_MOVES: dict[str, frozenset[str]] = {
    ImportState.UPLOADED: frozenset({ImportState.READY, ImportState.QUEUED, ImportState.FAILED}),
    ImportState.READY: frozenset({ImportState.QUEUED, ImportState.READY, ImportState.FAILED}),
    ImportState.QUEUED: frozenset({ImportState.RUNNING, ImportState.FAILED}),
    ImportState.RUNNING: frozenset({ImportState.DONE, ImportState.FAILED, ImportState.RUNNING}),
    ImportState.FAILED: frozenset({ImportState.QUEUED, ImportState.READY}),
    ImportState.DONE: frozenset({ImportState.QUEUED}),
}
