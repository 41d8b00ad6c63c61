"""A PDF file from words and places: enough of the format for tests, so that no file in it is anybody's."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

#: x and y in points from the lower left corner, size in points, words.
Line = tuple[float, float, float, str]
#: x0, y0, x1, y1 of a ruling line.
Rule = tuple[float, float, float, float]


def write_pdf(pages: Sequence[Sequence[Line | Rule]], *, info: dict[str, str] | None = None) -> bytes:
    """Pages of 600 by 800 points, in Helvetica; what cannot be written in Latin-1 becomes ``?``."""
    font, tree = 1, 2
    objects: dict[int, bytes] = {font: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"}
    kids = []
    for number, page in enumerate(pages):
        content, this = 10 + 2 * number, 11 + 2 * number
        stream = zlib.compress(b"\n".join(map(_operators, page)))
        objects[content] = b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(stream), stream)
        objects[this] = (
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 600 800] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >> >>"
            % (tree, content, font)
        )
        kids.append(b"%d 0 R" % this)
    objects[tree] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects[3] = b"<< /Type /Catalog /Pages %d 0 R >>" % tree
    entries = b" ".join(b"/%s %s" % (name.encode(), _string(value)) for name, value in (info or {}).items())
    objects[4] = b"<< %s >>" % entries
    return _file(objects, root=3, info=4)


def _operators(mark: Line | Rule) -> bytes:
    if isinstance(mark[3], str):
        x, y, size, words = mark
        return b"BT /F1 %g Tf %g %g Td %s Tj ET" % (size, x, y, _string(words))
    return b"0.5 w %g %g m %g %g l S" % mark


def _string(words: str) -> bytes:
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"(%s)" % escaped.encode("cp1252", "replace")


def _file(objects: dict[int, bytes], *, root: int, info: int) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += b"%d 1\n%010d 00000 n \n" % (number, place)
    data += b"trailer << /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, root, info, start)
    return bytes(data)
