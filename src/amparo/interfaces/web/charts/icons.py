"""Amparo's own small drawings on a grid of 24: strokes only, in the colour of the text beside them."""

from __future__ import annotations

DRAWINGS = {
    "list": '<path d="M9 6h11M9 12h11M9 18h11"/><circle cx="4.5" cy="6" r="1.2"/><circle cx="4.5" cy="12" r="1.2"/>'
    '<circle cx="4.5" cy="18" r="1.2"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/>',
    "inbox": '<path d="M4 14v5h16v-5M12 3v11M8 10l4 4 4-4"/>',
    "pairs": '<circle cx="8.5" cy="12" r="5.5"/><circle cx="15.5" cy="12" r="5.5"/>',
    "chain": '<path d="M4 20V9M10 20V5M16 20v-8M22 20H2"/>',
    "series": '<path d="M3 17l5-6 4 3 8-9M3 21h18"/>',
    "ledger": '<path d="M6 3h12v18H6zM9 8h6M9 12h6M9 16h3"/>',
    "home": '<path d="M4 11 12 4l8 7v9h-5v-6H9v6H4z"/>',
    "more": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "leave": '<path d="M14 4h6v16h-6M3 12h11M10 8l4 4-4 4"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c1-4.5 4-6 7.5-6s6.5 1.5 7.5 6"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.8"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "phone": '<path d="M6 3h4l1.5 5L9 10c1 2.5 2.5 4 5 5l2-2.5L21 14v4c0 2-1.5 3-3 3"/>'
    '<path d="M18 21C10 20.5 3.5 14 3 6c0-1.5 1-3 3-3"/>',
    "check": '<path d="M5 12.5 10 17.5 19.5 7"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5v.01"/>',
    "warning": '<path d="M12 3.5 22 20.5H2zM12 10v5M12 17.8v.01"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4 20h16"/>',
    "undo": '<path d="M9 5 4 10l5 5M4 10h10a6 6 0 0 1 0 12h-2" transform="translate(0 -2)"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "knots": '<path d="M3 5h18M7 5v13M12 5v9M17 5v14"/><circle cx="7" cy="12" r="1.6"/>'
    '<circle cx="12" cy="10" r="1.6"/>'
    '<circle cx="17" cy="14" r="1.6"/>',
    "brand": '<path d="M2.5 8.5C8 3.5 16 3.5 21.5 8.5M6.5 6v8.5M12 4.8v14M17.5 6v6"/>'
    '<circle cx="6.5" cy="13" r="1.7" fill="currentColor"/><circle cx="12" cy="11.5" r="1.7" fill="currentColor"/>'
    '<circle cx="12" cy="18.5" r="1.7" fill="currentColor"/><circle cx="17.5" cy="12" r="1.7" fill="currentColor"/>',
    # One shape per status, so that none depends on its colour.
    "overdue": '<path d="M12 2.5 21.5 12 12 21.5 2.5 12z" fill="currentColor"/>'
    '<path d="M12 7.5v5.5M12 16.3v.01" class="icon__cut"/>',
    "due": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "met": '<circle cx="12" cy="12" r="9.5" fill="currentColor"/><path d="M7.5 12.5 11 16l6-7.5" class="icon__cut"/>',
    "met_late": '<circle cx="12" cy="12" r="9"/><path d="M7.5 12.5 11 16l6-7.5"/>',
    "upcoming": '<circle cx="12" cy="12" r="8.5" stroke-dasharray="3 3.6"/>',
    "waived": '<circle cx="12" cy="12" r="9"/><path d="M8 12h8"/>',
    "not_applicable": '<path d="M6 12h12"/>',
}
"""Inner markup of each drawing by name."""
