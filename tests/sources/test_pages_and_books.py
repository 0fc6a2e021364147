"""The project's own benchmark of web pages and books, held to what it promises."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[2] / "benchmarks/verification/pages_and_books.py"


def test_no_true_page_or_book_is_accused_and_nine_in_ten_altered_ones_are_found() -> None:
    ran = subprocess.run([sys.executable, str(BENCHMARK)], capture_output=True, check=True, encoding="utf-8")
    true = re.search(r"true references: (\d+), accused: (\d+)", ran.stdout)
    altered = re.search(r"altered in one field: (\d+), found: (\d+)", ran.stdout)
    assert true
    assert altered
    assert int(true[1]) >= 150
    assert int(true[2]) == 0
    assert int(altered[2]) >= 0.9 * int(altered[1])
