"""Our own pictograms: 24 px, one stroke, drawn for the twelve themes, the eight steps and the controls."""

# ruff: noqa: E501  (paths of drawings are one line each)

from django.utils.safestring import SafeString, mark_safe

_STROKES: dict[str, str] = {
    # The mark: a thread that climbs three steps
    "brand": '<path class="d-mark" d="M2.5 20.5v-4h6v-4.5h6V7.5h7v13z" fill="#0b6b6b" opacity=".22" stroke="none"/>'
    '<path class="d-thread" d="M2.5 16.5c4 0 3-4.5 6-4.5s3-4.5 6-4.5 4-2 6.5-4" stroke="#c9542f" stroke-width="2.4"/>',
    # The twelve themes
    "alimentation": '<path d="M12 8c-3-2.5-7-.5-7 4.5 0 4 3 8 5 8 1 0 1.3-.5 2-.5s1 .5 2 .5c2 0 5-4 5-8 0-5-4-7-7-4.5zM12 8c0-2 1-4 3.5-4.5"/>',
    "energie": '<path d="M13 2.5 5.5 13.5H12l-1 8 7.5-11H12z"/>',
    "mobilite": '<path d="M4 16.5v-9a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v9zM4 11.5h16M7.5 16.5v2.5M16.5 16.5v2.5M7.5 14h.01M16.5 14h.01"/>',
    "sante": '<path d="M12 20.5S3.5 15.5 3.5 9.3A4.6 4.6 0 0 1 12 7a4.6 4.6 0 0 1 8.5 2.3c0 6.2-8.5 11.2-8.5 11.2zM12 10v5M9.5 12.5h5"/>',
    "logement": '<path d="M3.5 11.5 12 4l8.5 7.5M6 9.5v10.5h12V9.5M10 20v-5.5h4V20"/>',
    "lien-social": '<circle cx="8" cy="8" r="3"/><circle cx="16.5" cy="9.5" r="2.5"/><path d="M2.5 20c0-4 2.5-6.5 5.5-6.5s5.5 2.5 5.5 6.5M15.5 14.5c3.5-.5 6 2 6 5.5"/>',
    "environnement": '<path d="M5 19.5c0-9 5-14.5 15-15 .5 9-4.5 14.5-12 14M5 19.5c2-5 5-8 9-10"/>',
    "education": '<path d="M2.5 9 12 4.5 21.5 9 12 13.5zM6.5 11v5c3 2.8 8 2.8 11 0v-5M21.5 9v5.5"/>',
    "culture": '<path d="M4.5 5c5 1.5 10 1.5 15 0v7c0 4-3.5 7.5-7.5 8-4-.5-7.5-4-7.5-8zM8.5 10h2M13.5 10h2M8.5 14c2 2 5 2 7 0"/>',
    "emploi": '<rect x="3" y="8" width="18" height="11.5" rx="2"/><path d="M8.5 8V5.5h7V8M3 13h18M12 12v2"/>',
    "numerique": '<rect x="4.5" y="5" width="15" height="10.5" rx="1.5"/><path d="M2.5 19h19M10 8.5l-2 2 2 2M14 8.5l2 2-2 2"/>',
    "gouvernance": '<path d="M4 9.5 12 4l8 5.5zM5.5 9.5v8M10 9.5v8M14 9.5v8M18.5 9.5v8M3.5 20.5h17M4.5 17.5h15"/>',
    # The eight steps
    "listen": '<path d="M4 5.5h16v10.5H11l-4.5 4v-4H4zM8 9.5h8M8 12.5h5"/>',
    "need": '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.5"/><path d="M12 12h.01"/>',
    "challenge": '<path d="M6 21V4M6 4.5h11.5l-2.5 4 2.5 4H6M3.5 21h5"/>',
    "project": '<path d="M12 20.5v-9M12 14c0-4 2.5-6.5 7.5-6.5 0 4.5-2.5 6.5-7.5 6.5zM12 11.5C12 8 9.5 5 4.5 5c0 4.5 2.5 6.5 7.5 6.5z"/>',
    "alliance": '<circle cx="8.5" cy="12" r="5.5"/><circle cx="15.5" cy="12" r="5.5"/>',
    "decide": '<path d="M4.5 11.5h15v9h-15zM4.5 11.5l3-4h9l3 4M10 14.5h4M9 7.5v-4h6v4"/>',
    "finance": '<circle cx="12" cy="12" r="8.5"/><path d="M15.5 8.5a4.5 4.5 0 1 0 0 7M7.5 11h5.5M7.5 13.5h5.5"/>',
    "place": '<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
    "impact": '<path d="M4 20h16M6.5 20v-5M11 20v-8M15.5 20V9M4 9.5c5 0 9-1.5 14-6.5M14 3h4v4"/>',
    # Controls
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "person": '<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20.5c0-4.5 3.5-7 7.5-7s7.5 2.5 7.5 7"/>',
    "leave": '<path d="M10 4.5H5v15h5M14 8l4 4-4 4M18 12H9.5"/>',
    "add": '<path d="M12 5v14M5 12h14"/>',
    "tools": '<path d="M4 20l8.5-8.5M14 4.5a4.5 4.5 0 0 0-1.5 7 4.5 4.5 0 0 0 7-1.5l-3 .5-2-2z"/>',
    "theme": '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15"/>',
    "upload": '<path d="M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 20h15"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6.5H7z"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "alert": '<path d="M12 4 2.5 20h19zM12 10v4.5M12 17.3h.01"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
    "map": '<path d="M3.5 6.5 9 4l6 2.5L20.5 4v13.5L15 20l-6-2.5L3.5 20zM9 4v13.5M15 6.5V20"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01"/>',
    "people": '<circle cx="12" cy="8" r="3.3"/><path d="M5.5 20c0-4 3-6.5 6.5-6.5s6.5 2.5 6.5 6.5M4 11.5a2.5 2.5 0 0 1 2-4M20 11.5a2.5 2.5 0 0 0-2-4"/>',
    "microphone": '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>',
    "paper": '<path d="M6 3.5h8.5L18.5 8v12.5H6zM14 3.5V8h4.5M9 12h6.5M9 15.5h6.5"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
    "thread": '<path d="M3 19c6 0 4-6 9-7s4-7 9-7"/><circle cx="3.5" cy="19" r="1.5"/><circle cx="20.5" cy="5" r="1.5"/>',
    "theme-other": '<circle cx="12" cy="12" r="8.5"/><path d="M8 12h.01M12 12h.01M16 12h.01"/>',
}
_STROKES["gouvernance-locale"] = _STROKES["gouvernance"]  # the theme bears the longer name
THEMES = (
    "alimentation", "energie", "mobilite", "sante", "logement", "lien-social",
    "environnement", "education", "culture", "emploi", "numerique", "gouvernance",
)  # fmt: skip
STEPS = ("listen", "need", "project", "alliance", "decide", "finance", "place", "impact")
NAMES = tuple(_STROKES)


def pictogram(name: str) -> SafeString:
    """The inline SVG called ``name``, hidden from screen readers (a word always stands beside it).

    A name we have not drawn gives the neutral mark, so that a theme added by a territory is shown too.
    """
    strokes = _STROKES.get(name, _STROKES["theme-other"])
    return mark_safe(
        f'<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        f'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" '
        f'focusable="false">{strokes}</svg>'
    )
