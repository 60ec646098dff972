"""Which state may follow which, as data."""

from essor.chain.needs.enums import NeedState, SynthesisState

SYNTHESIS_MOVES: dict[str, frozenset[str]] = {
    SynthesisState.QUEUED: frozenset({SynthesisState.RUNNING, SynthesisState.FAILED}),
    SynthesisState.RUNNING: frozenset({SynthesisState.READY, SynthesisState.FAILED, SynthesisState.RUNNING}),
    SynthesisState.FAILED: frozenset({SynthesisState.QUEUED, SynthesisState.ARCHIVED}),
    SynthesisState.READY: frozenset({SynthesisState.ARCHIVED}),
    SynthesisState.ARCHIVED: frozenset({SynthesisState.READY}),
}

NEED_MOVES: dict[str, frozenset[str]] = {
    NeedState.DRAFT: frozenset({NeedState.TO_COVER, NeedState.WITHDRAWN}),
    NeedState.TO_COVER: frozenset({NeedState.BEING_ANSWERED, NeedState.COVERED, NeedState.WITHDRAWN}),
    NeedState.BEING_ANSWERED: frozenset({NeedState.TO_COVER, NeedState.COVERED, NeedState.WITHDRAWN}),
    NeedState.COVERED: frozenset({NeedState.BEING_ANSWERED, NeedState.TO_COVER, NeedState.WITHDRAWN}),
    NeedState.WITHDRAWN: frozenset({NeedState.TO_COVER}),
}

PUBLIC = (NeedState.TO_COVER, NeedState.BEING_ANSWERED, NeedState.COVERED)
