"""Takes the pictures of the documentation from the running demonstration, so that they never lie."""

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from essor.console.words import _

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
CHROMIUM = os.environ.get("ESSOR_CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
HOME = "/t/val-de-lume/"


@dataclass(frozen=True)
class Shot:
    """One picture: where to go, how wide, the link to follow first when the address is not known, as whom."""

    name: str
    path: str
    follow: str = ""
    who: str = ""
    width: int = 1280
    height: int = 800


ALICE = "alice@val-de-lume.example"
PASSWORD = os.environ.get("ESSOR_DEMO_PASSWORD", "essor-demo-2026")
SHOTS = (
    Shot("accueil", HOME),
    Shot("accueil-telephone", HOME, width=390, height=844),
    Shot("participer-telephone", HOME + "ecoute/participer/", width=390, height=844),
    Shot("besoins", HOME + "besoins/"),
    Shot("besoin", HOME + "besoins/", follow="main article a"),
    Shot("fil", HOME + "besoins/", follow="main article a|a[href*='/fil/besoin/']"),
    Shot(
        "saisie",
        HOME + "atelier/rencontres/?state=held",
        follow="main table a|main a[href*='/saisie/rencontre/']",
        who=ALICE,
    ),
    Shot("moderation", HOME + "atelier/moderation/", who=ALICE),
    Shot("synthese", HOME + "atelier/syntheses/", follow="main a[href$='/syntheses/1/']", who=ALICE),
    Shot(
        "groupe",
        HOME + "atelier/syntheses/",
        follow="main a[href$='/syntheses/1/']|main a[href*='/groupes/']",
        who=ALICE,
    ),
    Shot("voter-telephone", HOME + "avis-partages/la-vallee-en-2035/voter/", width=390, height=844),
    Shot("carte-des-avis", HOME + "cartes-des-avis/la-vallee-en-2035/", height=1500),
    Shot("ecran-de-salle", HOME + "avis-partages/la-vallee-en-2035/ecran/"),
    Shot(
        "avis-atelier",
        HOME + "atelier/avis-partages/la-vallee-en-2035/affirmations/",
        who=ALICE,
        height=1000,
    ),
    Shot("projet", HOME + "projets/l-epicerie-du-lavoir/", height=1000),
    Shot("alliance", HOME + "alliances/soigner-a-plusieurs/", height=1000),
    Shot("reseau", HOME + "acteurs/reseau/", height=1000),
    Shot("porteurs", HOME + "atelier/porteurs/", who=ALICE, height=1000),
    Shot("mises-en-relation", HOME + "atelier/mises-en-relation/", who=ALICE, height=1000),
)


def _take(browser: Browser, site: str, shot: Shot) -> bool:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height}, locale="fr-FR", reduced_motion="reduce"
    )
    page = context.new_page()
    if shot.who:
        page.goto(site + "/compte/login/")
        page.fill("input[name=login]", shot.who)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
        page.wait_for_load_state()
    answer = page.goto(site + shot.path)
    done = answer is not None and answer.ok
    for selector in filter(None, shot.follow.split("|")):
        link = page.locator(selector).first
        done = done and link.count() > 0
        if done:
            link.click()
            page.wait_for_load_state()
    if done:
        page.screenshot(path=str(IMAGES / f"{shot.name}.png"))
        print(f"docs/images/{shot.name}.png")
    else:
        print(_("« %(name)s » n’a pas pu être prise.") % {"name": shot.name}, file=sys.stderr)
    context.close()
    return done


def shots(arguments: list[str]) -> int:
    """Take every picture, or those named."""
    parser = argparse.ArgumentParser("essor shots", description=_("Prend les images de la documentation."))
    parser.add_argument("names", nargs="*", help=_("les images à prendre ; toutes sans ce choix"))
    parser.add_argument("--site", default="http://localhost:8000", help=_("l’adresse de la démonstration"))
    options = parser.parse_args(arguments)
    try:
        urlopen(options.site, timeout=10).close()  # noqa: S310
    except URLError:
        print(
            _("La démonstration ne répond pas : lancez « make demo » à côté."),
            file=sys.stderr,
        )
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    wanted = [shot for shot in SHOTS if not options.names or shot.name in options.names]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        taken = [_take(browser, options.site.rstrip("/"), shot) for shot in wanted]
        browser.close()
    return 0 if all(taken) else 1
