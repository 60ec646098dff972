from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from essor.web.drawings.commune_map import Commune, class_limits, commune_map
from tests.web.drawings.reading import SVG, addresses, read, texts

point = st.tuples(st.floats(-180, 180), st.floats(-85, 85))
communes = st.builds(
    Commune,
    st.text(max_size=5),
    st.text(max_size=40),
    st.integers(0, 10**6),
    st.lists(st.lists(point, max_size=8), max_size=3),
    st.none() | point,
    st.text(max_size=10),
)


def square(x, y, name, count, url=""):
    return Commune(name, name, count, [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)]], url=url)


@given(st.lists(communes, max_size=12))
def test_any_map_is_well_formed_and_its_table_names_every_commune(some):
    picture = commune_map(some, title="Carte", unit="voix")
    read(picture)
    assert sorted(row[0] for row in picture.rows) == sorted(c.name for c in some)


def test_each_commune_is_a_link_named_with_its_count():
    picture = commune_map(
        [square(2, 47, "Brécourt", 96, "/c/1/"), square(3, 47, "Aulnay", 0, "/c/2/")], title="T", unit="voix"
    )
    for tree in read(picture):
        assert addresses(tree) == ["/c/1/", "/c/2/"]
        assert [a.get("aria-label") for a in tree.iter(f"{SVG}a")] == [
            "Brécourt : 96 voix",
            "Aulnay : 0 voix",
        ]


def test_nothing_is_hatched_and_the_most_is_full():
    wide = read(commune_map([square(2, 47, "A", 0), square(3, 47, "B", 5)], title="T", unit="voix"))[0]
    classes = [p.get("class") for p in wide.iter(f"{SVG}path")]
    assert "d-q0 d-shape d-hover" in classes
    assert "d-q4 d-shape d-hover" in classes
    assert [p for p in wide.iter(f"{SVG}path") if (p.get("fill") or "").startswith("url(#")]


def test_a_commune_without_outline_is_a_bubble():
    wide = read(
        commune_map([Commune("1", "A", 9, centre=(2, 47)), square(3, 47, "B", 5)], title="T", unit="voix")
    )[0]
    assert len(list(wide.iter(f"{SVG}circle"))) == 1


def test_class_limits_are_quantiles_and_never_repeat():
    assert class_limits([]) == []
    assert class_limits([0, 0]) == []
    assert class_limits([1] * 20) == [1]
    assert class_limits([1, 2, 3, 4, 5, 6, 7, 40]) == [2, 4, 6, 40]


def test_the_legend_says_the_bounds():
    wide = read(commune_map([square(i, 47, str(i), i + 1) for i in range(8)], title="T", unit="voix"))[0]
    assert {"0 voix", "1 – 2", "3 – 4", "5 – 6", "7 – 8"} <= set(texts(wide))


def test_zero_is_singular_in_french_and_plural_in_english():
    def legend():
        some = [square(2, 47, "A", 0), square(3, 47, "B", 5)]
        return commune_map(some, title="T", unit="besoins", one="besoin").svg

    assert "0 besoin<" in legend()
    with override("en"):
        assert "0 besoins<" in legend()
