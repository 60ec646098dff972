import math

from hypothesis import given
from hypothesis import strategies as st

from essor.web.drawings.opinion_map import Camp, Stand, hull, opinion_map
from tests.web.drawings.reading import SVG, addresses, read, texts

camps = st.lists(
    st.builds(
        Camp, st.sampled_from("abcdefgh"), st.text(max_size=60), st.integers(0, 5000), st.text(max_size=9)
    ),
    max_size=8,
    unique_by=lambda camp: camp.key,
)
stands = st.lists(
    st.builds(Stand, st.floats(), st.floats(), st.none() | st.sampled_from("abcz")), max_size=40
)
points = st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), max_size=30)


@given(camps, stands)
def test_any_map_is_well_formed_and_its_table_names_every_group(some, people):
    picture = opinion_map(camps=some, stands=people, title="Carte")
    read(picture)
    assert [row[0] for row in picture.rows][: len(some)] == [camp.name for camp in some]


@given(points)
def test_no_point_is_outside_its_outline(some):
    edge = hull(some)
    for point in some:
        for one, other in zip(edge, [*edge[1:], *edge[:1]], strict=True):
            assert (other[0] - one[0]) * (point[1] - one[1]) >= (other[1] - one[1]) * (point[0] - one[0])


def test_everything_drawn_stays_on_the_paper():
    people = [Stand(math.sin(i) * i, math.cos(i * 1.3) * 3, "ab"[i % 2]) for i in range(300)]
    picture = opinion_map(
        camps=[Camp("a", "Le bourg", 150), Camp("b", "La plaine", 150)], stands=people, title="C"
    )
    for tree, (width, height) in zip(read(picture), ((720, 518), (358, 358)), strict=True):
        for path in tree.iter(f"{SVG}path"):
            for step in path.get("d").replace("Z", "").split("M"):
                if " " in step:
                    x, y = (float(each) for each in step.split("m")[0].split("L")[0].split()[:2])
                    assert 0 <= x <= width
                    assert 0 <= y <= height


def test_a_group_is_reached_by_its_link_and_those_alone_are_counted():
    picture = opinion_map(
        camps=[Camp("a", "Le bourg", 2, "/groupe/a/")],
        stands=[Stand(0, 0, "a"), Stand(1, 0, "a"), Stand(4, 4)],
        title="Carte",
    )
    assert picture.rows[-1] == ("Dans aucun groupe", "1")
    for tree in read(picture):
        assert addresses(tree) == ["/groupe/a/"]
        assert tree.get("role") == "group"


def test_the_reader_is_shown_with_a_word_and_not_only_a_colour():
    picture = opinion_map(camps=[], stands=[Stand(0, 0), Stand(1, 1)], title="Carte", here=(0.5, 0.5))
    for tree in read(picture):
        assert "Vous êtes ici" in texts(tree)


def test_beyond_two_thousand_people_the_description_says_how_many_are_drawn():
    picture = opinion_map(
        camps=[Camp("a", "A", 6000)], stands=[Stand(i, i % 7, "a") for i in range(6000)], title="C"
    )
    assert "une personne sur 3" in str(picture.svg)
