"""Reading a drawing back, and what every drawing is asked."""

import re
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
_FORBIDDEN = {f"{SVG}script", f"{SVG}foreignObject", f"{SVG}style"}


def read(picture):
    """The trees of both widths; fails unless they are named XML without script or style."""
    return [_checked(str(drawing)) for drawing in (picture.svg, picture.narrow)]


def _checked(drawing):
    tree = ElementTree.fromstring(drawing)
    assert tree.tag == f"{SVG}svg"
    assert tree.find(f"{SVG}title").text
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert tree.get("aria-labelledby") in ids
    for node in tree.iter():
        assert node.tag not in _FORBIDDEN
        assert not [name for name in node.attrib if name == "style" or name.startswith("on")]
        for name in ("d", "x", "y", "cx", "cy", "r", "width", "height", "viewBox"):
            assert not re.search(r"nan|inf", node.get(name, ""))
    return tree


def texts(tree):
    return [node.text for node in tree.iter(f"{SVG}text")]


def addresses(tree):
    return [node.get("href") for node in tree.iter(f"{SVG}a")]
