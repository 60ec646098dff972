"""Own lists of words that carry no theme, in French and English, without accents.

Three circles: function words (also the signs by which a language is guessed), the words of politeness and
opinion that every consultation repeats, and words too general to name a group, which may be read but never
stand in a label.
"""

_FRENCH = """
a ai aie aient aies ait alors apres as au aucun aucune aujourd aura aurai auraient aurait auras aurez auriez
aurions aurons auront aussi autour autre autres aux avaient avais avait avant avec avez aviez avions avoir
avons ayant ayez ayons bah beaucoup bien bon bonne c ca car ce ceci cela celle celles celui cependant ces cet
cette ceux chacun chacune chaque chez ci combien comme comment d dans de dedans dehors deja depuis derriere
des
desormais dessous dessus deux devant devoir devons devra devrait devraient devrions dit dits doit doivent donc
dont du durant elle elles en encore enfin ensuite entre envers es est et etaient etais etait etant ete etes
etre eu eue eurent eut eux fait faire fais faisait faisant faites faut faudra faudrait fois font fut g grace
hors hui ici il ils j jamais je jusqu jusque juste l la le les lequel laquelle lesquels lesquelles leur leurs
lors lorsqu lorsque lui m ma maintenant mais malgre me meme memes mes mien moi moins mon n ne ni nos notre
nous
on ont or ou oui par parce parfois parmi pas pendant peu peut peuvent peux plein plus plusieurs plutot pour
pourquoi pourra pourrait pourraient pouvait pouvoir pouvons pres presque pu puis puisqu puisque qu quand quant
que quel quelle quelles quelqu quelque quelques quels qui quoi quoique rien s sa sans sauf se selon sera serai
seraient serait seras serez seriez serions serons seront ses si sien soi soient sois soit sommes son sont sous
souvent soyez soyons suffit suis sur surtout t ta tandis tant te tel telle telles tels tes toi ton toujours
tous tout toute toutes tres trop tu un une va vais vers via voici voila vont vos votre vous vraiment vu y
"""

_ENGLISH = """
a about above after again against all also am an and any are aren as at be because been before being below
between both but by can cannot could couldn d did didn do does doesn doing don down during each few for from
further get had hadn has hasn have haven having he her here hers herself him himself his how i if in into is
isn it its itself just ll let m me more most mustn my myself need needs no nor not now of off on once only or
other ought our ours ourselves out over own please re s same shan she should shouldn so some such t than that
the their theirs them themselves then there these they this those through to too under until up us ve very was
wasn we were weren what when where which while who whom why will with won would wouldn you your yours yourself
"""

_POLITE = """
bonjour bonsoir merci cordialement salut monsieur madame messieurs mesdames svp stp sincerement bravo hello
thanks thank dear regards sir madam
"""

_OPINION = """
pense penser pensons propose proposer proposons proposition souhaite souhaiter souhaitons souhaiterais
souhaiterait voudrais voudrait voudrions veux veut veulent vouloir voulons trouve trouver crois croire
semble sembler parait estime demande demander demandons aimerais aimerait aimerions suggere suggerer permettre
permet permettrait permettant necessaire important importante importants importantes possible possibles
falloir devenir rendre mettre mettons met mise donner donne prendre pris prise avis idee idees exemple
exemples
chose choses etc afin lieu ainsi notamment cas facon maniere sorte niveau fin point ensemble mieux
think want wish suggest suggestion idea ideas propose proposal example things thing important
"""

_TOO_GENERAL = """
nouveau nouvelle nouveaux nouvelles grand grande grands grandes petit petite petits petites meilleur meilleure
meilleurs vrai vraie certain certaine certains certaines premier premiere trois quatre cinq dix mille cent
gens personne personnes monde jour jours temps an ans annee annees creer creation ameliorer amelioration
favoriser developper developpement installer installation mise lutter supprimer suppression augmenter reduire
reduction obliger obligation interdire interdiction limiter arreter revoir instaurer reformer reforme
proposer projet projets ville quartier quartiers france francais francaise francaises pays
new people time year years day
"""


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


FRENCH_SIGNS = _words(_FRENCH)
ENGLISH_SIGNS = _words(_ENGLISH)
STOP_WORDS = {
    "fr": FRENCH_SIGNS | _words(_POLITE) | _words(_OPINION),
    "en": ENGLISH_SIGNS | _words(_POLITE) | _words(_OPINION),
}
TOO_GENERAL = _words(_TOO_GENERAL)
