"""The labelled texts on which the synthesis is measured, where they are found, and a generated corpus for
scale."""

import csv
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DATA = Path(os.environ.get("ESSOR_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


@dataclass(frozen=True)
class Labelled:
    """Texts, the label people gave each, and the bar on the NMI (0: none)."""

    name: str
    texts: list[str]
    labels: list[str]
    bar: float = 0.0

    @property
    def classes(self) -> int:
        return len(set(self.labels))


def _rows(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def titles(seed: int, size: int = 4000) -> Labelled:
    """Titles without accents of a national consultation, eight themes, labels chosen by citizens."""
    rows = [
        row
        for row in _rows("text/titres_themes_moitie.csv")
        if "expression-libre" not in row["theme"] and len(row["titre_sans_accents"].split()) >= 2
    ]
    chosen = np.random.default_rng(seed).permutation(len(rows))[:size]
    return Labelled(
        f"titles {len(chosen)} (sample {seed})",
        [rows[i]["titre_sans_accents"] for i in chosen],
        [rows[i]["theme"] for i in chosen],
        0.25,
    )


def mel_proposals() -> Labelled:
    rows = [row for row in _rows("mel/propositions-libres.csv", ";") if row["category/name/fr"]]
    texts = [f"{row['title']}. {row['body']}" for row in rows]
    return Labelled("MEL proposals", texts, [row["category/name/fr"] for row in rows], 0.35)


def _mel_comments() -> list[tuple[str, str]]:
    """Each comment with the question it answers, its own or that of the comment above it."""
    rows = _rows("mel/commentaires_debats.csv", ";")
    return [(row["body"], row["root_commentable_url"].rsplit("/", 1)[-1]) for row in rows]


def mel_comments() -> Labelled:
    """Comments on the debates; the label is the theme of the question debated."""
    themes = {row["id"]: row["description/fr"] for row in _rows("mel/debats.csv", ";")}
    rows = [(body, themes[question]) for body, question in _mel_comments() if question in themes]
    return Labelled("MEL comments, themes", [body for body, _ in rows], [theme for _, theme in rows])


def mel_comments_by_question() -> Labelled:
    """The same comments, to be split by the question they answer."""
    rows = _mel_comments()
    return Labelled("MEL comments, questions", [body for body, _ in rows], [question for _, question in rows])


def toulouse() -> Labelled:
    rows = [
        (row["nom"], " ".join(row["categorie"].split()[:2])) for row in _rows("text/toulouse_pb_projets.csv")
    ]
    return _frequent("Toulouse projects", rows, 20)


def paris() -> Labelled:
    rows = [
        (row["titre"], row["thematique"]) for row in _rows("text/paris_bp_laureats.csv") if row["thematique"]
    ]
    return _frequent("Paris projects", rows, 10)


def _frequent(name: str, rows: list[tuple[str, str]], least: int) -> Labelled:
    count = Counter(label for _, label in rows)
    kept = [(text, label) for text, label in rows if count[label] >= least]
    return Labelled(name, [text for text, _ in kept], [label for _, label in kept])


def available(quick: bool) -> tuple[list[Labelled], list[str]]:
    """The sets found, and for each missing one the reason."""
    makers: list[Callable[[], Labelled]] = [toulouse, paris, mel_proposals, mel_comments]
    makers += [mel_comments_by_question, lambda: titles(0)]
    if not quick:
        makers += [lambda: titles(1), lambda: titles(2)]
    found, missing = [], []
    for make in makers:
        try:
            found.append(make())
        except FileNotFoundError as problem:
            missing.append(f"{problem.filename} is not here")
    return found, missing


SUBJECTS = (
    "bus tram vélo piste trottoir train gare métro voiture parking covoiturage navette ligne arrêt",
    "médecin hôpital infirmière soins pharmacie santé urgence dentiste maternité ordonnance psychologue",
    "logement loyer appartement isolation chauffage locataire bailleur hlm studio colocation façade",
    "arbre parc jardin rivière oiseau haie biodiversité compost potager forêt abeille ombre fontaine",
    "école cantine élève professeur collège crèche classe cour lycée bibliothèque récréation devoirs",
    "emploi formation entreprise salaire apprentissage commerce artisan chômage stage usine atelier",
    "musique théâtre concert musée fête cinéma livre danse festival exposition peinture patrimoine",
    "élu vote référendum conseil citoyen démocratie assemblée mandat budget participation débat maire",
)
FRAMES = (
    "plus de {} pour {}",
    "ouvrir {} près de {}",
    "il manque {} avec {}",
    "rendre {} gratuit et {} accessible",
    "{} et {} pour tous",
    "réparer {} et {}",
)


def generated(size: int, seed: int = 0) -> list[str]:
    """Short invented texts over eight subjects, one word in five from elsewhere, some exact copies."""
    rng = np.random.default_rng(seed)
    words = [np.array(block.split()) for block in SUBJECTS]
    every = np.concatenate(words)
    subject = rng.integers(len(words), size=size)
    frame = rng.integers(len(FRAMES), size=size)
    draws = rng.random((size, 4))
    noise = rng.random((size, 4)) < 0.2
    out = []
    for i in range(size):
        own = words[subject[i]]
        four = [
            (every if noise[i, j] else own)[int(draws[i, j] * len(every if noise[i, j] else own))]
            for j in range(4)
        ]
        out.append(FRAMES[frame[i]].format(f"{four[0]} {four[1]}", f"{four[2]} {four[3]}"))
    return out
