import math

from hypothesis import given
from hypothesis import strategies as st

from essor.web.drawings.groups_map import Group, Spot, groups_map, sampled
from tests.web.drawings.reading import SVG, addresses, read, texts

groups = st.lists(
    st.builds(
        Group, st.sampled_from("abcdefgh"), st.text(max_size=60), st.integers(0, 5000), st.text(max_size=9)
    ),
    max_size=8,
    unique_by=lambda group: group.key,
)
spots = st.lists(st.builds(Spot, st.floats(), st.floats(), st.none() | st.sampled_from("abcz")), max_size=40)


@given(groups, spots)
def test_any_map_of_groups_is_well_formed_and_its_table_names_every_group(some, voices):
    picture = groups_map(groups=some, voices=voices, title="Groupes")
    read(picture)
    assert [row[0] for row in picture.rows] == [group.label for group in some]


def test_voices_without_a_finite_place_are_not_drawn():
    picture = groups_map(
        groups=[], voices=[Spot(0.0, math.inf), Spot(math.nan, 0), Spot(1e308, -1e308)], title="T"
    )
    for tree in read(picture):
        assert texts(tree) == []


def _rings(tree):
    return [(float(c.get("cx")), float(c.get("cy")), float(c.get("r"))) for c in tree.iter(f"{SVG}circle")]


def test_sixty_groups_never_cover_one_another_and_stay_inside():
    some = [Group(str(i), f"Un groupe numéro {i}", i * 7 + 1) for i in range(60)]
    voices = [Spot(math.sin(i), math.cos(i * 1.7), str(i % 60)) for i in range(600)]
    for tree in read(groups_map(groups=some, voices=voices, title="T")):
        rings = _rings(tree)
        assert len(rings) == 60
        for i, (x, y, r) in enumerate(rings):
            assert r <= x <= float(tree.get("width")) - r
            assert all(math.dist((x, y), (u, v)) > r + q for u, v, q in rings[i + 1 :])


def test_each_group_is_a_link_and_the_left_aside_are_counted():
    picture = groups_map(
        groups=[Group("a", "Se soigner", 2, "/g/a/")],
        voices=[Spot(0, 0, "a"), Spot(1, 1, "a"), Spot(5, 5), Spot(6, 5, "inconnu")],
        title="T",
    )
    for tree in read(picture):
        assert addresses(tree) == ["/g/a/"]
        assert "2 voix laissées de côté" in texts(tree)
        assert next(tree.iter(f"{SVG}a")).get("aria-label") == "Se soigner : 2 voix"


def test_beyond_two_thousand_voices_the_same_ones_are_drawn_each_time_and_it_is_said():
    voices = [Spot(i, i % 7, "a") for i in range(10_000)]
    assert sampled(voices) == sampled(voices)
    assert len(sampled(voices)) == 2000
    picture = groups_map(groups=[Group("a", "A", 10_000)], voices=voices, title="T")
    assert "un point sur 5 est dessiné" in picture.svg
