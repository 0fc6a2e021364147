"""Lists for readers: nothing of a reference breaks out of them, and the archived copy stands beside its original."""

from __future__ import annotations

import json

from inline_snapshot import snapshot

from refcheck.model.reference import Reference
from refcheck.readers import Unreadable, read
from refcheck.render import csl_json, reference_list

BIB = r"""
@article{doe2018,
  author  = {Doe, Jane and Roe, Richard},
  title   = {How links rot},
  journal = {Links},
  volume  = 12,
  number  = 3,
  pages   = {45--67},
  year    = 2018,
  url     = {https://example.org/a_(b)},
  note    = {Archived at \url{https://web.archive.org/web/20180604101112/https://example.org/a_(b)} (2018-06-04)},
}
@misc{sly, title = {<script>alert(1)</script> *bold* [x](y)?}, url = {https://example.org/"><img>}}
@book{bare, editor = {Poe, Ann}, title = {A book}, publisher = {Links & Co.}, year = 1999}
"""


def references() -> tuple[Reference, ...]:
    found = read("refs.bib", BIB.encode(), "bibtex")
    assert not isinstance(found, Unreadable)
    return found.references


def test_markdown() -> None:
    assert reference_list.markdown(references()) == snapshot(
        """\
- Jane Doe and Richard Roe (2018). [How links rot](https://example.org/a_%28b%29). *Links*, 12(3), 45–67. ([archived 2018-06-04](https://web.archive.org/web/20180604101112/https://example.org/a_%28b%29))
- [\\<script\\>alert(1)\\</script\\> \\*bold\\* \\[x\\](y)?](https://example.org/%22%3E%3Cimg%3E)
- Ann Poe (ed.) (1999). A book. Links & Co.
"""
    )


def test_html_has_robust_links() -> None:
    assert reference_list.html(references()) == snapshot(
        """\
<ol class="references">
  <li id="doe2018">Jane Doe and Richard Roe (2018). <a href="https://example.org/a_(b)" data-originalurl="https://example.org/a_(b)" data-versionurl="https://web.archive.org/web/20180604101112/https://example.org/a_(b)" data-versiondate="2018-06-04">How links rot</a>. <cite>Links</cite>, 12(3), 45–67. (<a href="https://web.archive.org/web/20180604101112/https://example.org/a_(b)">archived 2018-06-04</a>)</li>
  <li id="sly"><a href="https://example.org/%22%3E%3Cimg%3E">&lt;script&gt;alert(1)&lt;/script&gt; *bold* [x](y)?</a></li>
  <li id="bare">Ann Poe (ed.) (1999). A book. Links &amp; Co.</li>
</ol>
"""
    )


def test_csl_json_names_the_archive() -> None:
    first = json.loads(csl_json.render(references()))[0]
    assert (first["archive"], first["archive_location"]) == (
        "web.archive.org",
        "https://web.archive.org/web/20180604101112/https://example.org/a_(b)",
    )
