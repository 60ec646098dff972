"""Every page of the site with what its address names, for the test that opens them all."""

from types import SimpleNamespace as Things

from django.urls import URLPattern, get_resolver, reverse

from tests.browser.arguments import Arguments, group, pk, slug, words
from tests.browser.arguments import names_of as _each
from tests.browser.sections import actors, alliances, challenges, holders, matches, opinions, projects

LATER = (actors, challenges, holders, projects, matches, alliances, opinions)

# What anybody sees of the site itself.
SITE = {
    **_each("home about accessibility legal methods method_synthesis method_matching method_opinion_map"),
    **_each("account_login account_signup account_reset_password account_reset_password_done"),
    **_each("account_inactive account_email_verification_sent account_reset_password_from_key_done"),
    **_each("sign_in_link socialaccount_login_cancelled socialaccount_login_error"),
    "account_confirm_email": words("une-clef-perdue"),
    "account_reset_password_from_key": words("1", "une-clef-perdue"),
    "sign_in_link_use": lambda things: [things.link_secret],
    "invitation": lambda things: [things.invitation_secret],
    "notices_less": lambda things: [things.less],
}

# What anybody sees of the territory; some of these pages follow a voice given or a place kept just before.
TERRITORY = {
    **_each("home consultations charter voices my_voice my_voice_shown gatherings registration_code"),
    **_each("registration needs needs_map documents my_voice_correct my_voice_appeal my_voice_withdraw"),
    **_each("my_voice_erase"),
    **_each("consultation contribute receipt", slug("consultation")),
    **_each("voice voice_report", pk("voice")),
    **_each("gathering gathering_register", slug("to_come")),
    **_each("need need_voices", slug("need")),
    "thread": lambda things: ["besoin", things.need.pk],
    "document": pk("document"),
}

# What people see of their own things.
ACCOUNT = {
    **_each(
        "my_account account_security my_voices my_data my_erasure notices notice_settings account_logout"
    ),
    **_each("account_change_password account_reauthenticate socialaccount_connections"),
    **_each("mfa_activate_totp mfa_generate_recovery_codes mfa_list_webauthn mfa_add_webauthn"),
    "membership_leave": pk("membership"),
}
# What members see of the later sections, inside the territory.
MEMBER = {name: arguments for section in LATER for name, arguments in section.ACCOUNT.items()}
TERRITORY |= {name: arguments for section in LATER for name, arguments in section.PUBLIC.items()}

# Where those who run the territory work.
LISTENING = {
    **_each("atelier atelier_consultations atelier_consultation_new atelier_moderation"),
    **_each("atelier_moderation_journal"),
    **_each(
        "atelier_consultation atelier_consultation_change atelier_consultation_close atelier_question_new "
        "atelier_phase_new",
        pk("consultation"),
    ),
    "atelier_consultation_open": pk("draft_consultation"),
    "atelier_consultation_archive": pk("closed_consultation"),
    **_each("atelier_question", pk("question")),
    **_each("atelier_phase", pk("phase")),
    "atelier_moderation_voice": lambda things: [things.moderated["waiting"].contribution.pk],
    "atelier_moderation_appeal": pk("appeal"),
}
MEETING = {
    **_each("atelier_gatherings atelier_gathering_new atelier_documents atelier_document_new"),
    **_each("atelier_gathering atelier_gathering_edit atelier_gathering_places", slug("to_come")),
    **_each("atelier_gathering_cancel", slug("to_come")),
    **_each("atelier_gathering_attendance atelier_minutes", slug("held")),
    **_each("atelier_document_version", pk("document")),
}
CAPTURE = {
    **_each("atelier_capture atelier_capture_paper atelier_interviews atelier_interview_new"),
    "atelier_capture_meeting": slug("held"),
    "atelier_capture_line": pk("voice"),
    "atelier_capture_slips": lambda things: [things.slips],
    **_each("atelier_interview atelier_interview_consent atelier_interview_withdraw", pk("interview")),
}
IMPORTS = {
    **_each("atelier_imports atelier_import_new"),
    "atelier_import": lambda things: [things.imports[0].pk],
    "atelier_import_undo": lambda things: [things.imports[1].pk],
}
NEEDS = {
    **_each("atelier_syntheses atelier_synthesis_new atelier_codes atelier_code_new atelier_codes_import"),
    **_each("atelier_codes_table atelier_needs atelier_need_new"),
    **_each("atelier_code atelier_code_delete", pk("code")),
    **_each(
        "atelier_synthesis atelier_synthesis_steps atelier_synthesis_aside atelier_synthesis_archive",
        pk("synthesis"),
    ),
    **_each("atelier_group atelier_group_coding", group),
    **_each(
        "atelier_need atelier_need_edit atelier_need_evidence atelier_need_evidence_add atelier_need_move "
        "atelier_need_withdraw",
        pk("need"),
    ),
    **_each("atelier_need_preview atelier_need_publish", pk("draft_need")),
}
SETTINGS = {
    **_each("atelier_settings atelier_perimeter atelier_themes atelier_theme_new atelier_members"),
    **_each("atelier_member_invite atelier_organisations atelier_organisation_new atelier_journal"),
    **_each("atelier_theme atelier_theme_retire", pk("theme")),
    **_each("atelier_member_remove", pk("membership")),
    **_each("atelier_organisation", pk("organisation")),
}
ATELIER = {
    "listening": LISTENING,
    "meeting": MEETING,
    "capture": {**CAPTURE, **IMPORTS},
    "needs": NEEDS,
    "settings": SETTINGS,
    **{section.__name__.split(".")[-1]: section.ATELIER for section in LATER if section.ATELIER},
}

# Addresses that are no page of their own, and why.
NO_PAGE = {
    "answers for machines": (
        "healthz readyz robots favicon territory_logo manifest territory:share_picture "
        "territory:gatherings_ics territory:gathering_ics territory:document_file territory:pick "
        "territory:atelier_synthesis_json territory:atelier_capture_lines "
        "territory:atelier_capture_counts territory:atelier_import_issues mfa_login_webauthn "
        "mfa_download_recovery_codes"
    ),
    "a gesture, answered by another page": (
        "set_language notice_opened notices_all_read territory:someone_else territory:my_voice_close "
        "territory:need_concern territory:atelier_question_move territory:atelier_import_discard "
        "territory:atelier_member_role territory:atelier_organisation_archive "
        "territory:atelier_phase_remove territory:atelier_voice_codes "
        "territory:atelier_capture_slips_undo territory:atelier_interview_cut "
        "territory:atelier_interview_keep territory:atelier_question_retire "
        "territory:atelier_moderation_several territory:atelier_gathering_announce "
        "territory:atelier_gathering_hold territory:atelier_minutes_publish "
        "territory:atelier_synthesis_retry territory:atelier_synthesis_again "
        "territory:atelier_synthesis_undo territory:atelier_group_make territory:atelier_group_rename "
        "territory:atelier_group_merge territory:atelier_group_voices territory:atelier_theme_move "
        "territory:atelier_theme_restore territory:atelier_member_back "
        "territory:atelier_invitation_cancel territory:atelier_organisation_member "
        "territory:atelier_organisation_member_remove territory:atelier_document_move"
    ),
    "leads somewhere else": (
        "after_sign_in territory:contribute_any mfa_index account_email account_set_password "
        "socialaccount_signup openid_connect_login openid_connect_callback account_confirm_login_code"
    ),
    "a part of a page": "territory:atelier_synthesis_progress territory:atelier_import_progress",
    "seen in the journey of the second factor": (
        "mfa_authenticate mfa_reauthenticate mfa_deactivate_totp mfa_view_recovery_codes"
    ),
    "asks for a security key": "mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn",
}


def named_addresses() -> set[str]:
    """The name of every address, the support screens of operators aside."""
    return set(_names(get_resolver(), ""))


def _names(resolver, prefix: str):
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            if each.name:
                yield prefix + each.name
        elif each.namespace != "admin":
            yield from _names(each, f"{prefix}{each.namespace}:" if each.namespace else prefix)


def told_addresses() -> set[str]:
    """The names this file knows."""
    inside = [TERRITORY, MEMBER, *ATELIER.values()]
    no_page = [*NO_PAGE.values(), *(names for each in LATER for names in each.NO_PAGE.values())]
    return (
        set(SITE)
        | set(ACCOUNT)
        | {f"territory:{name}" for section in inside for name in section}
        | {name for names in no_page for name in names.split()}
    )


def address(name: str, arguments: Arguments, things: Things) -> str:
    """The address of one page, with the things of the world."""
    return reverse(name, args=arguments(things))


def addresses_in(territory, section: dict[str, Arguments], things: Things) -> list[str]:
    """The addresses of a section of the territory."""
    return [
        reverse(f"territory:{name}", args=[territory.slug, *arguments(things)])
        for name, arguments in section.items()
    ]
