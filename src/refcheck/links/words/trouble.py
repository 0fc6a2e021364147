"""How sites and servers say that they are in trouble."""

from __future__ import annotations

import re

MAINTENANCE = re.compile(
    r"(?:scheduled|under|undergoing|site)\s+maintenance\b(?!\s+(?!until|from|to|in|on|for|mode|page|work|break|please|back|today)[a-z])|down\s+for\s+maintenance|we(?:['’]ll|\s+will)\s+be\s+(?:right\s+)?back|temporarily\s+(?:unavailable|offline)|wartungsarbeiten|en\s+maintenance|en\s+mantenimiento|in\s+manutenzione|em\s+manutenção|メンテナンス",
    re.IGNORECASE,
)
# How a server that runs into trouble begins its page.
BROKEN = re.compile(
    r"^\W*(?:php\s+)?(?:fatal|parse|catchable\s+fatal)\s+error\b|^\W*error\s+establishing\s+a\s+database\s+connection|^\W*there\s+has\s+been\s+a\s+critical\s+error\s+on\s+th|^\W*(?:warning|uncaught\s+\w*(?:error|exception)):\s+\S+.{0,200}\bon\s+line\s+\d",
    re.IGNORECASE,
)
