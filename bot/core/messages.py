"""The bot's own sentences: their names, and the variables that each may use beside `province`, `days` and `bot`.

The sentences themselves are content (`responses/<language>/_messages.yaml`); loading compares them with this list.
"""

from __future__ import annotations

from collections.abc import Mapping

COMMON = ("province", "days", "bot")

_PLAIN = """
not_understood asked_back danger start paused inline_paused_title topics hotline hotline_missing guide privacy error
old_button unknown_command too_long no_words got_sticker got_photo got_voice got_contact got_location got_poll got_file
got_other rate_limited voted_up voted_down clause_note button_topics button_hotline button_up button_down
command_start command_topics command_hotline command_guide command_privacy command_delete about_short about_long
command_start_en command_topics_en command_hotline_en command_guide_en command_privacy_en command_delete_en
why_down why_thanks why_write why_wrong why_unclear why_missing why_other button_write button_drop
later_promise suggest suggest_thanks suggest_dropped group_private button_private inline_ask inline_danger_title
command_suggest command_suggest_en console_link console_unknown
button_groups library library_not_held doc_blank button_library button_notes button_rests
command_library command_library_en
places place_border button_places command_places command_places_en
page_title page_description page_name page_subtitle page_skip page_log page_you page_vote_up page_vote_down
page_composer page_field page_placeholder page_send page_typing page_offline page_retry page_open_telegram
page_connect_title page_connect_intro page_connect_steps page_connect_secret page_connect_link
""".split()  # noqa: SIM905 (a list of sixty strings would be a page)

SENTENCES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_PLAIN, ()),
    "of_that_time": ("as_of",),
    "answer_old": ("ended",),
    "answer_over": ("day",),
    "answer_withdrawn": ("title",),
    "answer_newer": ("newer",),
    "ended_replaced": ("newer",),
    "ended_expired": ("since",),
    "ended_note": ("what", "ended"),
    "deleted": ("questions", "votes", "messages", "suggestions"),
    "later_intro": ("question",),
    "clause_intro": ("title", "clause"),
    "button_clause": ("clause",),
    "group": ("group",),
    "library_item": ("number", "date", "signer"),
    "doc": ("title", "number", "date", "issuer", "signer", "subject", "addressees", "effective", "expires"),
    "doc_year_only": ("year",),
    "doc_notes": ("title",),
    "doc_unnumbered": ("what",),
    "doc_dated": ("document", "date"),
    "doc_issued": ("document", "issuer"),
    "doc_about": ("document", "what"),
    "doc_mentioned": ("document", "where"),
    "doc_not_held": ("document",),
    "search_found": ("words",),
    "search_more": ("count",),
    "search_none": ("words",),
    "rests": ("clause",),
    "rests_none": ("clause",),
    "place_no_phone": ("place",),
    "place_unknown": ("words",),
    "place_source": ("source",),
    "button_doc": ("title",),
    "button_before": ("clause",),
    "button_after": ("clause",),
}
