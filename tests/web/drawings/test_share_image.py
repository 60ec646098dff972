from essor.web.drawings.share_image import share_image


def test_a_shared_link_has_a_picture_of_the_right_size_whatever_the_words():
    for title in ("", "Être soigné sans faire quarante kilomètres", "mot" * 200):
        png = share_image(title=title, territory="Val-de-Lume", step="need", step_label="Besoin")
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        assert int.from_bytes(png[16:20], "big") == 1200
        assert int.from_bytes(png[20:24], "big") == 630
        assert len(png) < 100_000


def test_a_step_without_its_own_picture_gets_the_common_one():
    assert share_image(title="T", territory="V", step="inconnu").startswith(b"\x89PNG")
