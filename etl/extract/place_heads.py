"""The heads of lines: "BAGHDAD, March 3 -", "شفق نيوز- بغداد", "1) Anbar, 4 January:"."""

from __future__ import annotations

import re

from etl.extract.text import Text

_HEAD = re.compile(r"[^\n]{0,70}?(?: [-|]|[-|] |: ?|:$|\|\||/ ?|$)", re.M)
_NUMBERED = re.compile(r"\s*(?:\d{1,2}\s?[).:-]|[(]\d{1,2}[)]|[*•◾▪#-])")
_CREDIT = re.compile(
    r"[(][^()\n]{2,60}[)] ?(?=[^\n])"
)  # "(MENAFN - Jordan News Agency) Amman, Dec. 24 (Petra) --"
_LONGEST_HEAD = 8
_LONGEST_CREDIT = 4


class Heads:
    """The heads of a text's lines, read as they are asked for."""

    def __init__(self, text: Text) -> None:
        self._text = text.folded
        self._begin, self._line_end = 0, -1
        self._head_end, self._role = 0, ""

    def of(self, start: int) -> str:
        """Return the role of a place by the head of its line, "" outside one; ask in the text's order."""
        while start > self._line_end:
            self._begin = self._line_end + 1
            end = self._text.find("\n", self._begin)
            self._line_end = end if end >= 0 else len(self._text)
            credit = _CREDIT.match(self._text, self._begin)
            self._begin = credit.end() if credit else self._begin
            self._head_end = -1
        if self._head_end < 0:
            self._head_end, self._role = self._read(self._begin)
        if not self._role or start >= self._head_end:
            return ""
        if self._role == "dateline" and len(self._text[self._begin : start].split()) > _LONGEST_CREDIT:
            return ""
        return self._role

    def _read(self, begin: int) -> tuple[int, str]:
        """Where the head of a line ends, and what a place in it is; "" for a line without one."""
        end = _head_end(self._text, begin)
        head = self._text[begin:end]
        numbered = _NUMBERED.match(head)
        if numbered and numbered.end() == len(head.rstrip()):  # "1)" alone: the head goes on
            end = _head_end(self._text, end)
            head = self._text[begin:end]
        count, sign = len(head.split()), head.rstrip()[-1:]
        if count > _LONGEST_HEAD and not numbered:
            return end, ""
        if sign == ":" and (begin == 0 or numbered):
            return end, "at"
        if begin == 0 or (sign in "|/" and sign and count > _LONGEST_CREDIT + 1):
            return end, ""
        if sign and sign in "-|/":
            further = _head_end(self._text, end)
            if len(self._text[end:further].split()) <= _LONGEST_CREDIT:
                end = further
            return end, "dateline"
        return end, "dateline" if sign == ":" or (end >= self._line_end and count <= _LONGEST_CREDIT) else ""


def _head_end(text: str, begin: int) -> int:
    found = _HEAD.match(text, begin)
    return found.end() if found else begin
