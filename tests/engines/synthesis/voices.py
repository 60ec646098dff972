"""Invented voices on four subjects, with the subject each speaks of."""

SUBJECTS = {
    "bus": [
        "Il n’y a plus de bus après vingt heures pour rentrer chez moi",
        "Un abri et des horaires lisibles à l’arrêt de bus",
        "Mettre une navette vers la gare le matin",
        "La piste cyclable s’arrête au milieu du rond-point",
        "Des trains plus fréquents le dimanche, et des billets moins chers",
        "Je voudrais aller au marché à vélo sans avoir peur des voitures",
    ],
    "santé": [
        "Impossible de trouver un médecin traitant depuis deux ans",
        "Une maison de santé avec un dentiste et une infirmière",
        "L’hôpital a fermé la maternité et les urgences sont loin",
        "Un pharmacien qui livre les médicaments aux personnes âgées",
        "Des consultations de psychologue pour les jeunes",
        "Le cabinet du docteur ne prend plus de nouveaux patients",
    ],
    "logement": [
        "Les loyers montent et les appartements sont mal isolés",
        "Rénover les logements sociaux avant l’hiver, le chauffage coûte trop cher",
        "Des colocations pour les étudiants et les retraités",
        "Le bailleur ne répare ni l’ascenseur ni les fenêtres",
        "Construire des maisons petites et accessibles pour les locataires",
        "Mon appartement est humide et le propriétaire ne fait rien",
    ],
    "nature": [
        "Planter des arbres sur la place pour avoir de l’ombre",
        "Protéger la rivière et les oiseaux du marais",
        "Un jardin partagé avec un compost dans chaque quartier",
        "Garder les haies et la forêt derrière le lotissement",
        "Moins de béton, plus d’herbe et de fleurs au parc",
        "Les abeilles disparaissent, arrêtons les pesticides",
    ],
}
VOICES = [voice for voices in SUBJECTS.values() for voice in voices]
ABOUT = [subject for subject, voices in SUBJECTS.items() for _ in voices]
