"""References verified over real sockets: what is asked, who says so, what is kept, and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from support.program import refcheck
from support.server import serving

ROOT = Path(__file__).parents[2]
BIB = """@article{bat,
  author = {Nagel, Thomas},
  title = {What Is It Like to Be a Bat?},
  journal = {Philosophical Review},
  year = {1984},
  volume = {83},
  pages = {435--450},
  doi = {10.2307/2183914},
}
"""
WORK = {
    "DOI": "10.2307/2183914", "type": "journal-article", "title": ["What Is It Like to Be a Bat?"], "author": [{"given": "Thomas", "family": "Nagel"}],
    "issued": {"date-parts": [[1974, 10]]}, "container-title": ["The Philosophical Review"], "volume": "83", "page": "435",
}  # fmt: skip
SELECT = "DOI%2Ctitle%2Csubtitle%2Coriginal-title%2Cshort-container-title%2Ccontainer-title%2Cauthor%2Ceditor%2Cissued%2Cpublished-print%2Cpublished-online%2Ctype%2Cpublisher%2Cvolume%2Cissue%2Cpage%2CISBN%2Crelation%2Cupdate-to%2Cupdated-by"
FIELDS = "title%2Cauthors%2Cyear%2Cvenue%2CexternalIds%2Cjournal%2CpublicationDate%2CpublicationVenue"
OPENALEX = "id%2Cdoi%2Ctitle%2Cpublication_year%2Cpublication_date%2Ctype%2Cids%2Cauthorships%2Cprimary_location%2Clocations%2Cbiblio%2Cis_retracted"
WEB = f"""
GET https://api.crossref.org/works/10.2307%2F2183914 -> 200
    {json.dumps({"message": WORK})}
GET https://api.crossref.org/works?query.bibliographic=What+Is+It+Like+to+Be+a+Bat%3F+Nagel+1984&rows=8&select={SELECT} -> 200
    {json.dumps({"message": {"items": []}})}
GET https://api.openalex.org/works?filter=doi:10.2307/2183914&per-page=1&select={OPENALEX}&api_key=very-secret -> 200
    {json.dumps({"results": []})}
GET https://api.openalex.org/works?filter=title.search:what+is+it+like+to+be+a+bat&per-page=8&select={OPENALEX}&api_key=very-secret -> 200
    {json.dumps({"results": []})}
GET https://sparql.dblp.org/sparql?query=ASK+%7B+%3Fwork+%3Chttps%3A%2F%2Fdblp.org%2Frdf%2Fschema%23title%3E+%3Ftitle+%7D -> 404
    nothing
GET https://dblp.org/search/publ/api?q=what+is+it+like+to+be+a+bat&format=json&h=10 -> 200
    {json.dumps({"result": {"hits": {"@total": "0"}}})}
GET https://api.semanticscholar.org/graph/v1/paper/search/match?query=What+Is+It+Like+to+Be+a+Bat%3F&fields={FIELDS} -> 404
    {json.dumps({"error": "Title match not found"})}
GET https://doi.org/10.2307/2183914 -> 200 page "What Is It Like to Be a Bat?"
GET https://doi.org/api/handles/10.2307/2183914?type=URL -> 200
    {json.dumps({"responseCode": 1})}
"""


def test_a_wrong_year_is_told_with_its_record_and_no_key_is_written_anywhere(tmp_path: Path) -> None:
    bib, store = tmp_path / "refs.bib", tmp_path / "store.sqlite3"
    bib.write_text(BIB, "utf-8")
    keys = {"OPENALEX_API_KEY": "very-secret", "SEMANTIC_SCHOLAR_API_KEY": "very-secret"}
    with serving(WEB, tmp_path) as server:
        ran = refcheck(bib, "--select", "RC5", "--format", "json", "--store", store, env=server.environment | keys, sources=True)
        recorded = refcheck(bib, "--select", "RC5", "--record", tmp_path / "run.jsonl", env=server.environment | keys, sources=True)
    report = json.loads(ran.out)
    jsonschema.validate(report, json.loads((ROOT / "docs/report.schema.json").read_text("utf-8")))
    (row,) = report["records"]
    assert (row["verdict"], row["source"], row["fields"]["year"]["there"]) == ("mismatch", "crossref", "1974")
    assert [(f["rule"], f["severity"]) for f in report["findings"]] == [("year-mismatch", "warning")]
    assert report["coverage"]["records"] == {"checked": 1, "skipped": {}, "unknown": {}}
    assert all(h["user-agent"].startswith("refcheck/") for h in server.headers if "crossref" in h.get("host", ""))
    assert recorded.code == 0
    for text in (
        ran.out,
        ran.err,
        recorded.out,
        recorded.err,
        (tmp_path / "run.jsonl").read_text("utf-8"),
        store.read_bytes().decode("latin-1"),
    ):
        assert "very-secret" not in text


def test_an_offline_run_judges_by_what_the_store_has(tmp_path: Path) -> None:
    bib, store = tmp_path / "refs.bib", tmp_path / "store.sqlite3"
    bib.write_text(BIB.replace("1984", "1974"), "utf-8")
    with serving(WEB, tmp_path) as server:
        refcheck(bib, "--select", "RC5", "--store", store, env=server.environment, sources=True)
    ran = refcheck(bib, "--select", "RC5", "--store", store, "--offline", "--format", "json", env=server.environment, sources=True)
    assert [row["verdict"] for row in json.loads(ran.out)["records"]] == ["verified"]
    without = refcheck(bib, "--select", "RC5", "--no-store", "--offline", "--format", "json", env=server.environment, sources=True)
    assert json.loads(without.out)["coverage"]["records"]["skipped"] == {"offline": 1}
