"""The invented voices of the worked example. One nearly repeats another, one says nothing."""

SEED = 1
NUMBER = 3
VOICES: tuple[str, ...] = (
    "Il manque un bus le soir pour rentrer de la gare.",
    "Le dernier bus part à 19 h : impossible de rentrer le soir sans voiture.",
    "Des bus plus tard le soir, et le dimanche aussi.",
    "Il manque un bus le soir pour rentrer de la gare !",
    "Un bus de nuit entre la gare et les villages, ce serait la liberté.",
    "Trouver un médecin traitant est devenu impossible ici.",
    "Il faudrait une maison de santé avec plusieurs médecins.",
    "Notre médecin est parti à la retraite et personne ne le remplace.",
    "Attendre trois mois pour voir un médecin, ce n’est pas normal.",
    "Des légumes locaux à la cantine de l’école.",
    "La cantine pourrait cuisiner des légumes bio du coin.",
    "Aider les maraîchers à vendre leurs légumes à la cantine.",
    "Mes enfants ne mangent pas les légumes de la cantine, ils les jettent.",
    "…",
)
