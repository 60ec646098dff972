"""QR codes: an address that a phone reads from a wall or a sheet of paper."""

import segno
from django.utils.safestring import SafeString

from essor.web.drawings import picture as draw

QUIET = 4  # modules of white around, as ISO/IEC 18004 asks


def qr_code(text: str, said: str) -> SafeString:
    """``text`` as a QR code of medium correction, dark on light in both themes; ``said`` names it."""
    modules = segno.make(text, error="m", micro=False).matrix
    path = "".join(
        f"M{column} {row}h1v1h-1z"
        for row, line in enumerate(modules, QUIET)
        for column, dark in enumerate(line, QUIET)
        if dark
    )
    size = len(modules) + 2 * QUIET
    ground = draw.tag("path", d=f"M0 0h{size}v{size}H0z", fill="#ffffff")
    ink = draw.tag("path", d=path, fill="#10191a")
    return draw.svg(size, size, [ground, ink], title=said, description="", links=False)
