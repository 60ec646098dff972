"""Which state may follow which, as data."""

from essor.chain.matches.enums import RunState

RUN_MOVES: dict[str, frozenset[str]] = {
    RunState.QUEUED: frozenset({RunState.RUNNING, RunState.FAILED}),
    RunState.RUNNING: frozenset({RunState.READY, RunState.FAILED, RunState.RUNNING}),
    RunState.READY: frozenset(),
    RunState.FAILED: frozenset({RunState.QUEUED}),
}
