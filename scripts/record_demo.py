"""Write the recording that `refcheck demo` replays, from the made-up web below."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from refcheck import __version__  # noqa: E402
from refcheck.engine.examine import examine, selected  # noqa: E402
from refcheck.model.flow import Reply, Request, play  # noqa: E402
from refcheck.model.settings import Settings  # noqa: E402
from refcheck.net.recording import Recorder  # noqa: E402
from refcheck.readers import Unreadable, read  # noqa: E402
from support.library import Library  # noqa: E402 - likewise
from support.web import WHEN, Web  # noqa: E402 - its folder is put on the path just above

DATA = ROOT / "src/refcheck/cli/data"
WEB = """
GET https://www.example.org/rot -> 404 missing
GET https://www.example.org/rot/ -> 404 missing
GET https://example.org/rot -> 404 missing
GET https://web.archive.org/web/20180601120000id_/https://www.example.org/rot -> 302 https://web.archive.org/web/20180604101112id_/https://www.example.org/rot
GET https://web.archive.org/web/20180604101112id_/https://www.example.org/rot -> 200 {memento} page "How Links Rot, and What Libraries Do About It"
GET http://archive.example.org/field-guide -> 301 https://archive.example.org/guides/field-guide
GET https://archive.example.org/guides/field-guide -> 200 page "A Field Guide to Web Archives"
GET https://news.example.com/2016/maps-of-the-early-web -> 200 missing "This story is no longer available"
GET https://news.example.com/2016/SIBLING -> 404 missing
GET https://web.archive.org/web/20160701000000id_/https://news.example.com/2016/maps-of-the-early-web -> 404
GET https://web.archive.org/cdx/search/cdx?url=news.example.com&matchType=host&output=json&fl=original&collapse=urlkey&limit=20&filter=original%3A.%2Am-%3Fa-%3Fp-%3Fs-%3Fo-%3Ff-%3Ft-%3Fh-%3Fe-%3Fe-%3Fa-%3Fr-%3Fl-%3Fy-%3Fw-%3Fe-%3Fb.%2A -> 200
    []
GET https://example.net/counting -> 403 {server: cloudflare; cf-mitigated: challenge} challenge
GET https://web.archive.org/web/20221120120000id_/https://example.net/counting -> 302 https://web.archive.org/web/20221122081500id_/https://example.net/counting
GET https://web.archive.org/web/20221122081500id_/https://example.net/counting -> 200 {memento} page "Counting What Is Gone"
GET https://studies.example.edu/7/memory -> 200 page "The Memory of the Web"
"""
WORKS = """
{"title": "The Memory of the Web", "authors": ["Dan Marsh", "Eve Reed"], "year": 2016, "container": "Journal of Imaginary Studies", "volume": "7", "pages": "12-31", "doi": "10.5555/memory"}
"""


def main() -> None:
    """Play the made-up web once, and write down what it answered."""
    from refcheck.links.probe import sibling_of  # noqa: PLC0415 - see above

    sibling = sibling_of("https://news.example.com/2016/maps-of-the-early-web").rsplit("/", 1)[1]
    library = Library.of(WORKS)
    web = Web.of(WEB.replace("SIBLING", sibling))
    recorder = Recorder(WHEN, f"refcheck {__version__}")

    def answer(path: str, request: Request) -> Reply:
        reply = library.answer(path, request) if library.knows(request.url) else web.answer(path, request)
        recorder.add(path, request, reply)
        return reply

    bibliography = read("demo.bib", (DATA / "demo.bib").read_bytes())
    if isinstance(bibliography, Unreadable):
        raise SystemExit(bibliography.reason)
    settings = Settings()
    play(examine([bibliography], settings, selected(settings), WHEN), answer)
    (DATA / "demo.jsonl").write_text(recorder.text(), "utf-8")
    print(f"{DATA / 'demo.jsonl'}: {len(recorder.lines)} replies")


if __name__ == "__main__":
    main()
