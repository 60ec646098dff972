from hypothesis import given
from hypothesis import strategies as st

from essor.web.drawings.picture import HUES
from essor.web.drawings.stairs import Stair, stairs
from tests.web.drawings.reading import SVG, addresses, read, texts

HOSTILE = '"><script>alert(1)</script>&\x00\ud800]]>'
steps = st.lists(
    st.builds(Stair, st.sampled_from([*HUES, "inconnu"]), st.text(), st.integers(0, 10**9), st.text()),
    max_size=9,
)


@given(steps, st.text(min_size=1).filter(str.strip))
def test_any_stairs_are_well_formed_and_say_every_number_in_the_table(some, title):
    picture = stairs(some, title="Titre " + title)
    read(picture)
    assert [row[1].replace("\u202f", "").replace(",", "") for row in picture.rows] == [
        str(s.count) for s in some
    ]


def test_each_step_is_a_block_with_its_count_and_its_link():
    picture = stairs(
        [Stair("listen", "Voix", 1243, "/ecoute/"), Stair("need", "Besoins", 38, "/besoins/")], title="T"
    )
    for tree in read(picture):
        assert set(texts(tree)) == {"1\u202f243", "Voix", "38", "Besoins"}
        assert addresses(tree) == ["/ecoute/", "/besoins/"]
        assert tree.get("role") == "group"
        assert [g.get("data-step") for g in tree.iter(f"{SVG}g")] == ["listen", "need"]


def test_the_thread_climbs_from_step_to_step():
    wide, narrow = read(stairs([Stair("listen", "Voix", 3), Stair("need", "Besoins", 1)], title="T"))
    assert len(list(wide.iter(f"{SVG}circle"))) == 1
    assert len(list(narrow.iter(f"{SVG}circle"))) == 2
    assert wide.get("role") == "img"


def test_a_hostile_label_stays_text_and_a_hostile_link_is_not_followed():
    picture = stairs(
        [Stair("listen", HOSTILE, 1, "javascript:alert(1)"), Stair("need", "n", 1, "//ailleurs")], title="T"
    )
    for tree in read(picture):
        assert addresses(tree) == []
    assert "<script" not in picture.svg


def test_the_same_stairs_are_drawn_the_same():
    some = [Stair("listen", "Voix", 1243), Stair("need", "Besoins", 38)]
    assert stairs(some, title="T") == stairs(some, title="T")
