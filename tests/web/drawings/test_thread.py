from hypothesis import given
from hypothesis import strategies as st

from essor.web.drawings.picture import HUES
from essor.web.drawings.thread import Knot, gathered, thread
from tests.web.drawings.reading import SVG, addresses, read, texts

knots = st.builds(Knot, st.sampled_from([*HUES, "inconnu"]), st.text(), st.text(), st.integers(1, 10**6))


@given(st.lists(knots, max_size=30), knots, st.lists(knots, max_size=30), st.text(max_size=40))
def test_any_thread_is_well_formed_and_its_table_names_every_knot(before, centre, after, next_label):
    picture = thread(before=before, centre=centre, after=after, next_label=next_label)
    read(picture)
    assert [row[2] for row in picture.rows] == [str(k.label) for k in (*before, centre, *after)]


def test_few_knots_are_drawn_one_by_one_with_their_links():
    picture = thread(
        before=[Knot("listen", "8 rencontres", "/r/", 8), Knot("listen", "41 en ligne", "/v/", 41)],
        centre=Knot("need", "ce besoin", "/ici/"),
        after=[Knot("project", "L’Épicerie du Lavoir", "/p/")],
    )
    for tree in read(picture):
        assert {"8 rencontres", "41 en ligne", "ce besoin", "L’Épicerie du Lavoir"} <= set(texts(tree))
        assert sorted(addresses(tree)) == ["/p/", "/r/", "/v/"]
        assert len([p for p in tree.iter(f"{SVG}path") if p.get("class") == "d-thread"]) == 3


def test_many_knots_are_gathered_by_step_with_their_sum():
    many = [Knot("listen", f"voix {i}") for i in range(400)] + [Knot("listen", "une rencontre", count=12)]
    assert gathered(many) == [Knot("listen", "412 voix", count=412)]


def test_the_most_numerous_steps_are_gathered_first_and_the_others_keep_their_links():
    need = Knot("need", "Se soigner", "/t/val-de-lume/besoins/se-soigner/")
    many = [need, *(Knot("project", f"projet {i}", f"/p/{i}") for i in range(9))]
    assert gathered(many) == [need, Knot("project", "9 projets", count=9)]
    picture = thread(before=many, centre=Knot("alliance", "ici"))
    assert [url for url, _cells in picture.linked_rows] == [*(knot.url for knot in many), ""]


def test_what_is_not_born_yet_is_dotted():
    picture = thread(before=[], centre=Knot("need", "ce besoin"), next_label="projet ?")
    for tree in read(picture):
        assert "projet ?" in texts(tree)
        assert [p for p in tree.iter(f"{SVG}path") if p.get("stroke-dasharray")]


def test_once_a_project_exists_nothing_is_dotted():
    picture = thread(
        before=[], centre=Knot("need", "ce besoin"), after=[Knot("project", "Navette")], next_label="projet ?"
    )
    for tree in read(picture):
        assert "projet ?" not in texts(tree)
