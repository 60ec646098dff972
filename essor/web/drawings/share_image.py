"""The picture that goes with a shared link: the stairs, the territory and a sentence, 1200 × 630.

Words can be drawn on it when Pillow is installed; otherwise the picture made for the step is given as it is.
"""

from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from essor.web.drawings import picture as draw

if find_spec("PIL"):
    from PIL import Image, ImageDraw, ImageFont
else:
    Image = None

_STATIC = Path(__file__).resolve().parents[1] / "static"
_SHARE = _STATIC / "essor" / "share"
_HEAD, _TEXT = _STATIC / "vendor" / "fraunces.woff2", _STATIC / "vendor" / "source-sans-3.woff2"
_LEFT, _ROOM, _SIZE = 67, 700, 60


@lru_cache(maxsize=64)
def share_image(*, title: str, territory: str, step: str = "listen", step_label: str = "") -> bytes:
    """A PNG with these words, in the hue of the step."""
    if Image is None or not _HEAD.is_file() or not _TEXT.is_file():
        made = _SHARE / f"{step}.png"
        return (made if made.is_file() else _SHARE / "default.png").read_bytes()
    image = Image.open(_SHARE / "ground.png").convert("RGB")
    pen = ImageDraw.Draw(image)
    above = " · ".join(part for part in (str(territory), str(step_label)) if part)
    hue = draw.HUES.get(step, draw.SOFT)
    pen.text((_LEFT, 52), draw.shorten(above, 1000, 30), font=_font(_TEXT, 30, 600), fill=hue)
    font = _font(_HEAD, _SIZE, 560)
    for i, line in enumerate(draw.lines_of(str(title), _ROOM, _SIZE * 0.92, most=3)):
        pen.text((_LEFT, 100 + i * _SIZE * 1.14), line, font=font, fill=draw.INK)
    written = BytesIO()
    image.quantize(128).save(written, "PNG", optimize=True)
    return written.getvalue()


def _font(path: Path, size: int, weight: int) -> "ImageFont.FreeTypeFont":
    font = ImageFont.truetype(path, size)
    font.set_variation_by_axes([weight])
    return font
