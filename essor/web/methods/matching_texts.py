"""The invented project and actors of the worked example of introductions, as data the engine can take."""

from typing import Any

THEMES = {1: "Alimentation", 2: "Mobilités", 3: "Lien social"}
SEEKER: dict[str, Any] = {
    "id": "Une épicerie mobile pour les villages",
    "words": ["epiceri", "mobil", "villag", "legum", "local", "tourne"],
    "themes": [1, 2],
    "place": (46.60, 2.40),
    "missing": [0, 2],
    "linked_families": [1],
    "linked_themes": [1],
    "seeks": {2: ["local", "froid"], 1: ["chauffeur"]},
}
CANDIDATES: tuple[dict[str, Any], ...] = (
    {
        "id": "Les Maraîchers du Val",
        "words": ["legum", "local", "panier", "maraich"],
        "themes": [1],
        "place": (46.66, 2.46),
        "families": [2],
        "offers": {2: ["local", "froid"]},
    },
    {
        "id": "Garage solidaire de Brécourt",
        "words": ["vehicul", "mobil", "solidair", "villag"],
        "themes": [2],
        "place": (46.61, 2.41),
        "families": [0],
        "offers": {1: ["chauffeur", "mecan"]},
    },
    {
        "id": "Harmonie municipale",
        "words": ["music", "concert", "villag"],
        "themes": [3],
        "place": (46.60, 2.40),
        "families": [0],
        "offers": {2: ["sall"]},
    },
    {
        "id": "Laboratoire des sols",
        "words": ["sol", "analys", "legum"],
        "themes": [1],
        "place": (47.40, 3.90),
        "families": [3],
        "offers": {},
    },
)
