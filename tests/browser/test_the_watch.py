"""The watch of the browser tests sees what it should; otherwise the other tests prove nothing."""

import pytest

GOOD = "<!doctype html><html lang='fr'><title>Page</title><main><h1>Page</h1>{}</main></html>"


def test_a_request_that_leaves_the_machine_is_seen(desktop, watch):
    desktop.route("**/*", lambda route: route.abort())
    desktop.set_content(GOOD.format("<img alt='' src='http://elsewhere.example/pixel.png'>"))
    assert "request elsewhere: http://elsewhere.example/pixel.png" in watch.problems
    watch.expected += ["elsewhere", "ERR_FAILED"]


def test_an_error_in_the_console_is_seen(desktop, watch):
    desktop.evaluate("console.error('broken on purpose')")
    assert watch.unexpected() != []
    watch.expected.append("broken on purpose")


def test_a_picture_without_words_is_refused(desktop, axe):
    desktop.set_content(GOOD.format("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"))
    with pytest.raises(pytest.fail.Exception, match="image-alt"):
        axe(desktop)


def test_a_page_wider_than_the_phone_is_refused(phone, axe):
    wide = "<meta name='viewport' content='width=device-width'><p style='width:900px'>large</p>"
    phone.set_content(GOOD.format(wide))
    with pytest.raises(pytest.fail.Exception, match="wider than the screen"):
        axe(phone)


def test_a_plain_page_is_accepted(screen, axe):
    screen.set_content(GOOD.format("<p>Bonjour.</p>"))
    axe(screen)
