"""Letters that nobody sees and that change how others are read: no text of the content needs one."""

from __future__ import annotations

import re

# Control characters, halves of characters, what is no character, and what turns the direction of reading around:
# a report in Word cannot hold the first three, and the last shows other words than those that were checked.
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
