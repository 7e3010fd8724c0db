"""Answers to changes of the filters, kept: the same question to the same release has the same answer.

Many readers look at few states of the filters, and to draw one over many seizures is most of a server's work.
What is kept is the answer as it was sent, so that giving it again costs next to nothing. Only callbacks that
a page names with `keep` take part: those that follow from the release and the request alone, never from the
clock or from what the collection is doing.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict

import flask

from dashboard import watcher
from dashboard.asked import language
from dashboard.release import ReleaseError

MOST_BYTES = 64 * 1024 * 1024
"""All that is kept together; what was asked for least recently goes first."""
_PATH = "/_dash-update-component"
_LARGEST_QUESTION = 64 * 1024  # bytes; filters are short
_COOKIE = "pointer"  # the one cookie that a kept callback reads (`charts.can_brush`)
_kept: set[str] = set()


def keep(component: str, prop: str) -> tuple[str, str]:
    """Keep the answers of the callback whose first output this is; gives back both, for `Output`."""
    _kept.add(f"{component}.{prop}")
    return component, prop


def do_not_keep() -> None:
    """For an answer that says that something failed: asked again, it may be another."""
    if flask.has_request_context():
        flask.g.captagon_question = ""


class Answers:
    """Bodies as sent and their encodings, by question; `most` bytes together."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._size = most, 0
        self._found: OrderedDict[str, tuple[bytes, str]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, question: str) -> tuple[bytes, str] | None:
        """The answer, which is then the last to go."""
        with self._lock:
            if question not in self._found:
                return None
            self._found.move_to_end(question)
            return self._found[question]

    def put(self, question: str, body: bytes, encoding: str) -> None:
        """Keep an answer; others go until there is room for it."""
        with self._lock:
            if question in self._found or len(body) > self._most:
                return
            self._found[question] = (body, encoding)
            self._size += len(body)
            while self._size > self._most:
                _, (gone, _) = self._found.popitem(last=False)
                self._size -= len(gone)

    def __len__(self) -> int:
        return len(self._found)


def remember(server: flask.Flask, answers: Answers | None = None) -> None:
    """Give kept answers and work out new ones one after the other.

    Python runs one thread at a time: two that draw take turns every few milliseconds, and both are done later
    than the second would have been. Who waits may find the answer ready, since many ask the same. Call before
    compression is set up: what is kept is compressed.
    """
    found = Answers() if answers is None else answers
    turn = threading.Lock()

    @server.before_request
    def again() -> flask.Response | None:
        question = _question(flask.request)
        if not question:
            return None
        answer = found.get(question)
        if answer is None:
            turn.acquire()
            flask.g.captagon_turn = turn
            answer = found.get(question)
        if answer is None:
            flask.g.captagon_question = question
            return None
        response = flask.Response(answer[0], mimetype="application/json")
        if answer[1]:
            response.content_encoding = answer[1]
            response.vary.add("Accept-Encoding")
        return response

    @server.after_request
    def kept(response: flask.Response) -> flask.Response:
        question = flask.g.pop("captagon_question", "")
        if question and response.status_code == 200 and not response.is_streamed:
            found.put(question, response.get_data(), response.content_encoding or "")
        return response

    @server.teardown_request
    def next_one(_: BaseException | None) -> None:
        taken: threading.Lock | None = flask.g.pop("captagon_turn", None)
        if taken is not None:
            taken.release()


def _question(request: flask.Request) -> str:
    """All that the answer depends on, as a digest; "" for a question whose answer is not to be kept."""
    if request.method != "POST" or request.path != _PATH or (request.content_length or 0) > _LARGEST_QUESTION:
        return ""
    body = request.get_data()
    try:
        output = json.loads(body)["output"]
        release = watcher.current().name
    except (ValueError, KeyError, TypeError, ReleaseError):
        return ""  # for Dash to say what is wrong
    if not isinstance(output, str) or output.strip(".").partition("...")[0] not in _kept:
        return ""
    parts = (
        release,
        language(),
        request.headers.get("Accept-Encoding", ""),
        request.cookies.get(_COOKIE, ""),
    )
    return hashlib.sha256("\n".join(parts).encode() + b"\n" + body).hexdigest()
