from hypothesis import given
from hypothesis import strategies as st

from essor.web.drawings.bars import Bar, bars
from tests.web.drawings.reading import SVG, read

figures = st.integers(0, 10**7)


@given(st.lists(st.builds(Bar, st.text(), figures, st.text(), st.text(), st.none() | figures), max_size=20))
def test_any_bars_are_well_formed_and_never_longer_than_the_drawing(lines):
    picture = bars(lines, title="Titre", unit="voix")
    for tree in read(picture):
        width = float(tree.get("width"))
        assert all(float(r.get("width")) <= width for r in tree.iter(f"{SVG}rect"))
    assert len(picture.rows) == len(lines)


def test_lengths_follow_the_values_and_a_part_is_said_with_its_whole():
    picture = bars([Bar("Habitants", 50, of=100), Bar("Associations", 25)], title="T", step="need")
    wide = read(picture)[0]
    lengths = [float(r.get("width")) for r in wide.iter(f"{SVG}rect") if r.get("class") == "d-step"]
    assert lengths == [280, 140]
    assert picture.rows[0][1] == "50 sur 100"


def test_nothing_said_draws_no_bar():
    wide = read(bars([Bar("Chercheurs", 0)], title="T"))[0]
    assert [r.get("width") for r in wide.iter(f"{SVG}rect") if r.get("class") == "d-step"] == ["0"]
