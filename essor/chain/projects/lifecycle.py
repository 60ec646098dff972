"""Which stage may follow which, as data. Going back is allowed, with a word that says why."""

from essor.chain.projects.enums import ProjectStage as Stage
from essor.chain.projects.enums import Visibility

STAGE_MOVES: dict[str, frozenset[str]] = {
    Stage.IDEA: frozenset({Stage.CO_CREATION, Stage.INCUBATED, Stage.STOPPED}),
    Stage.CO_CREATION: frozenset({Stage.IDEA, Stage.INCUBATED, Stage.STOPPED}),
    Stage.INCUBATED: frozenset({Stage.CO_CREATION, Stage.READY, Stage.RUNNING, Stage.STOPPED}),
    Stage.READY: frozenset({Stage.INCUBATED, Stage.RUNNING, Stage.STOPPED}),
    Stage.RUNNING: frozenset({Stage.READY, Stage.FINISHED, Stage.STOPPED}),
    Stage.FINISHED: frozenset({Stage.RUNNING}),
    Stage.STOPPED: frozenset({Stage.IDEA, Stage.CO_CREATION, Stage.INCUBATED}),
}
VISIBILITY_MOVES: dict[str, frozenset[str]] = {
    Visibility.DRAFT: frozenset({Visibility.PUBLIC, Visibility.HIDDEN}),
    Visibility.PUBLIC: frozenset({Visibility.DRAFT, Visibility.HIDDEN}),
    Visibility.HIDDEN: frozenset(),  # only a moderator restores it: see RESTORED
}
# What a moderator gives back to a hidden project: where it stood before.
RESTORED = frozenset({Visibility.DRAFT, Visibility.PUBLIC})
LIVING = (Stage.IDEA, Stage.CO_CREATION, Stage.INCUBATED, Stage.READY, Stage.RUNNING)
