"""The themes a new territory begins with. They are copied once; afterwards each territory tends its own."""

from dataclasses import dataclass

from essor.ground.territories.enums import Hue, Pictogram


@dataclass(frozen=True, slots=True)
class SeedTheme:
    name: str
    name_en: str
    slug: str
    hue: Hue
    pictogram: Pictogram


THEMES: tuple[SeedTheme, ...] = (
    SeedTheme("Alimentation", "Food", "alimentation", Hue.GREEN, Pictogram.FOOD),
    SeedTheme("Énergie", "Energy", "energie", Hue.AMBER, Pictogram.ENERGY),
    SeedTheme("Mobilité", "Mobility", "mobilite", Hue.BLUE, Pictogram.MOBILITY),
    SeedTheme("Santé", "Health", "sante", Hue.BRICK, Pictogram.HEALTH),
    SeedTheme("Logement", "Housing", "logement", Hue.OLIVE, Pictogram.HOUSING),
    SeedTheme("Lien social", "Social ties", "lien-social", Hue.PLUM, Pictogram.SOCIAL),
    SeedTheme("Environnement", "Environment", "environnement", Hue.GREEN, Pictogram.ENVIRONMENT),
    SeedTheme("Éducation", "Education", "education", Hue.INDIGO, Pictogram.EDUCATION),
    SeedTheme("Culture", "Culture", "culture", Hue.PLUM, Pictogram.CULTURE),
    SeedTheme("Emploi", "Work", "emploi", Hue.TEAL, Pictogram.WORK),
    SeedTheme("Numérique", "Digital life", "numerique", Hue.INDIGO, Pictogram.DIGITAL),
    SeedTheme(
        "Gouvernance locale", "Local governance", "gouvernance-locale", Hue.BRICK, Pictogram.GOVERNANCE
    ),
)
