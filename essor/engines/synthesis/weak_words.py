"""Words that count or date what is said without saying what it is about, in French and English, unaccented.

Numbers, quantities and units never stand in a label, not even inside a phrase; moments (days, months,
seasons, parts of the day) may stand in a phrase ("bus du soir") but not alone.
All weigh little in the vectors.
"""

import numpy as np
import numpy.typing as npt

from essor.engines.synthesis.normalise import Corpus, unaccented

WEAK = 0.3  # what is left of the weight of such a word

_NUMBERS = """
zero un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
quarante cinquante soixante septante huitante nonante cent cents mille million millions milliard milliards
dizaine dizaines douzaine douzaines quinzaine quinzaines vingtaine vingtaines trentaine trentaines quarantaine
cinquantaine soixantaine centaine centaines millier milliers demi demie demis moitie tiers quart quarts double
triple premier premiere premiers premieres deuxieme deuxiemes troisieme troisiemes quatrieme cinquieme sixieme
septieme huitieme neuvieme dixieme dernier derniere derniers dernieres prochain prochaine prochains prochaines
nombre nombres nombreux nombreuses total totale quantite quantites pourcent pourcentage maximum minimum
max min moyenne environ quasi seul seule seuls seules
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
million millions billion billions dozen dozens half quarter third first second last next once twice number
numbers amount total percent many several lots
"""

_UNITS = """
euro euros eur centime centimes balles franc francs keuros dollar dollars
km kms kilometre kilometres metre metres centimetre centimetres cm mm hectare hectares m
kg kilo kilos gramme grammes tonne tonnes litre litres kwh kw degre degres
seconde secondes minute minutes min mn heure heures h hr jour jours journee journees semaine semaines mois
trimestre trimestres semestre an ans annee annees siecle siecles moment moments instant duree date dates fois
pound pounds cent cents mile miles meter meters metre metres foot feet hour hours day days week weeks month
months year years century time times
"""

_MOMENTS = """
lundi mardi mercredi jeudi vendredi samedi dimanche lundis mardis mercredis jeudis vendredis samedis dimanches
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
printemps ete etes automne hiver hivers saison saisons week end weekend weekends
matin matins matinee midi soir soirs soiree soirees nuit nuits veille lendemain hier demain avant apres tot
tard aujourd hui toujours longtemps debut fin
monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
saturdays sundays january february march april may june july august september october november december
spring summer autumn winter morning mornings afternoon evening evenings night nights today tomorrow yesterday
early late
"""

COUNTING = frozenset(_NUMBERS.split()) | frozenset(_UNITS.split())
MOMENTS = frozenset(_MOMENTS.split())


def stems_mostly(corpus: Corpus, marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The stems most of whose occurrences are marked words: `marked[w]`, one per word of the corpus."""
    tokens = corpus.stem_tokens()
    kept = tokens >= 0
    size = max(1, len(corpus.stems))
    times = np.bincount(tokens[kept], minlength=size)
    of_marked = np.bincount(tokens[kept], weights=marked[corpus.flat[kept]], minlength=size)
    return np.asarray((times > 0) & (2 * of_marked > times))


def words_in(corpus: Corpus, circle: frozenset[str]) -> npt.NDArray[np.bool_]:
    """For each word of the corpus, whether it belongs to a circle.

    >>> from essor.engines.synthesis.normalise import read_corpus
    >>> words_in(read_corpus(["dix euros samedi"]), COUNTING).tolist()
    [True, True, False]
    """
    return np.array([unaccented(word) in circle for word in corpus.words] or [False], dtype=bool)


def weak_stems(corpus: Corpus) -> npt.NDArray[np.bool_]:
    """For each stem, whether it only counts or dates.

    >>> from essor.engines.synthesis.normalise import read_corpus
    >>> corpus = read_corpus(["dix euros le samedi pour la mare"])
    >>> [corpus.stems[stem] for stem in np.flatnonzero(weak_stems(corpus))]
    ['dix', 'euros', 'samed']
    """
    return stems_mostly(corpus, words_in(corpus, COUNTING | MOMENTS))
