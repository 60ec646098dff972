"""Which words can name a group: things rather than actions, told apart by the words that stand before them.

No grammar is packaged. In the corpus at hand, a noun mostly stands after an article, a possessive or a
number; a verb after a pronoun, a negation or a modal. A word seen after neither (titles without articles) is
judged by its ending alone. A judgement only lowers a word in a label: where nothing else is left, it is used.
"""

import numpy as np
import numpy.typing as npt

from essor.engines.synthesis.normalise import Corpus, unaccented
from essor.engines.synthesis.stopwords import TOO_GENERAL
from essor.engines.synthesis.weak_words import COUNTING, MOMENTS, stems_mostly, words_in

_BEFORE_NOUNS = """
le la les l un une des du au aux d ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur
leurs chaque quel quelle quels quelles plusieurs quelques aucun aucune deux trois quatre cinq six dix
the an my your his her its our their this that these those each every some no of
"""
_BEFORE_VERBS = """
j je tu il elle on nous vous ils elles ne n se s me m te t y qui ca cela ont avez avons ai as avait suis es
peut peux peuvent pourrait faut faudrait doit doivent va vais vont pour pas sans veut veux voudrais fait en
i you he she we they to not don can could should must would will
"""
_ACTION_ENDINGS = ("er", "ir", "ez", "aient", "erait", "erais", "eront", "oir", "dre")
_THINGS = """
foyer loyer atelier metier quartier papier courrier dossier chantier cahier calendrier sentier fermier potager
verger maraicher berger hotelier premier danger mer fer cancer avenir loisir plaisir souvenir soir espoir
trottoir terroir miroir pouvoir devoir cendre order paper water river summer winter computer doctor
"""
LEAST_SEEN = 2


def before(corpus: Corpus, circle: frozenset[str]) -> npt.NDArray[np.int64]:
    """For each word, how often the word before it in its text is of the circle."""
    marked = words_in(corpus, circle)
    if len(corpus.flat) < 2:
        return np.zeros(max(1, len(corpus.words)), dtype=np.int64)
    preceded = np.concatenate([[False], marked[corpus.flat[:-1]]])
    preceded[corpus.indptr[:-1][corpus.indptr[:-1] < len(corpus.flat)]] = False
    return np.bincount(corpus.flat[preceded], minlength=len(corpus.words))


def action_words(corpus: Corpus) -> npt.NDArray[np.bool_]:
    """For each word, whether it mostly says what one does.

    >>> from essor.engines.synthesis.normalise import read_corpus
    >>> corpus = read_corpus(["on ouvre le bureau", "il ouvre un bureau", "ouvrir une porte"])
    >>> [w for w, action in zip(corpus.words, action_words(corpus)) if action]
    ['ouvre', 'ouvrir']
    """
    nouns = before(corpus, frozenset(_BEFORE_NOUNS.split()))
    verbs = before(corpus, frozenset(_BEFORE_VERBS.split()))
    things = frozenset(_THINGS.split())
    ends = np.array(
        [w.endswith(_ACTION_ENDINGS) and w not in things for w in map(unaccented, corpus.words)] or [False]
    )
    return np.asarray((verbs > nouns) & (verbs + nouns >= LEAST_SEEN) | ends & (nouns <= verbs))


def barred_alone(corpus: Corpus, written: list[str], actions: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """For each stem, whether it says too little to name a group: it is too general, counts, dates or acts."""
    circle = TOO_GENERAL | COUNTING | MOMENTS
    little = np.array([unaccented(word) in circle or len(word) < 3 for word in written] or [False])
    return np.asarray(little | stems_mostly(corpus, actions))[: len(written)]


def barred_in_phrases(corpus: Corpus, actions: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """For each stem, whether a phrase with it is no better: "sept heures", "ouvre le dimanche"."""
    return stems_mostly(corpus, words_in(corpus, COUNTING)) | stems_mostly(corpus, actions)
