"""Word and PDF documents for the tests, made from a text that a person can read.

Word: a line is a paragraph, `# ` begins a heading, `[text](address)` is a link, `^[text]` a footnote, `<<code>>text<</>>` a field with
that code, which may go on over paragraphs; `%%part NAME` begins another part of the archive.

PDF: a line is a line in Courier, its indent kept; a blank line is a gap; `%%page` and `%%column X` begin such; links as above.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MARKS = re.compile(r"\[(?P<text>[^\[\]]*)\]\((?P<url>[^()\s]+)\)|\^\[(?P<note>[^\[\]]*)\]|<<(?P<code>(?!/).*?)>>|(?P<end><</>>)")


def docx(spec: str) -> bytes:
    """Return a Word document."""
    body, *others = re.split(r"^%%part ", spec, flags=re.MULTILINE)
    links: list[str] = []
    notes: list[str] = []
    paragraphs = "".join(_paragraph(line, links, notes) for line in body.splitlines())
    parts = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{paragraphs}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>',
        "word/_rels/document.xml.rels": "<Relationships>"
        + "".join(f'<Relationship Id="r{n}" Target={quoteattr(url)} TargetMode="External"/>' for n, url in enumerate(links))
        + "</Relationships>",
    }
    if notes:
        said = "".join(
            f'<w:footnote w:id="{n}"><w:p><w:r><w:t>{escape(note)}</w:t></w:r></w:p></w:footnote>' for n, note in enumerate(notes, 1)
        )
        parts["word/footnotes.xml"] = (
            f'<w:footnotes xmlns:w="{_W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>{said}</w:footnotes>'
        )
    for other in others:
        name, _, text = other.partition("\n")
        parts[name.strip()] = text
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    """Return a zip archive of texts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return data.getvalue()


def _paragraph(line: str, links: list[str], notes: list[str]) -> str:
    heading = line.startswith("# ")
    line = line.removeprefix("# ")
    runs, at = [], 0
    for mark in _MARKS.finditer(line):
        runs.append(_run(line[at : mark.start()]))
        at = mark.end()
        if mark["url"]:
            links.append(mark["url"])
            runs.append(f'<w:hyperlink r:id="r{len(links) - 1}">{_run(mark["text"])}</w:hyperlink>')
        elif mark["note"]:
            notes.append(mark["note"])
            runs.append(f'<w:r><w:footnoteReference w:id="{len(notes)}"/></w:r>')
        elif mark["code"]:
            code = f'<w:r><w:instrText xml:space="preserve">{escape(mark["code"])}</w:instrText></w:r>'
            runs.append(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}<w:r><w:fldChar w:fldCharType="separate"/></w:r>')
        else:
            runs.append('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    style = '<w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>' if heading else ""
    return f"<w:p>{style}{''.join(runs)}{_run(line[at:])}</w:p>"


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def pdf(spec: str) -> bytes:
    """Return a PDF of A4 pages, its text in WinAnsi."""
    pages = [_page(page) for page in re.split(r"^%%page\n", spec, flags=re.MULTILINE)]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"]
    kids = []
    for content, links in pages:
        annotations = "".join(
            f"<< /Type /Annot /Subtype /Link /Rect [{x0} {y - 2} {x1} {y + 8}] /A << /S /URI /URI ({url}) >> >>" for x0, x1, y, url in links
        )
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
        number = len(objects)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number} 0 R /Resources << /Font << /F 3 0 R >> >> /Annots [{annotations}] >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + trailer.encode()


def _page(spec: str) -> tuple[str, list[tuple[float, float, float, str]]]:
    said: list[str] = []
    links: list[tuple[float, float, float, str]] = []
    left, y = 60.0, 790.0
    for written in spec.splitlines():
        line = written
        if column := re.fullmatch(r"%%column (\d+)", line):
            left, y = float(column[1]), 790.0
            continue
        if not line.strip():
            y -= 9
            continue
        y -= 12
        while link := _MARKS.search(line):
            x = left + 4.8 * link.start()
            links.append((x, x + 4.8 * len(link["text"]), y, link["url"]))
            line = line[: link.start()] + link["text"] + line[link.end() :]
        text = line.strip().replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        said.append(f"BT /F 8 Tf {left + 4.8 * (len(line) - len(line.lstrip()))} {y} Td ({text}) Tj ET")
    return "\n".join(said), links
