"""What stands for the internet in tests: names with public addresses, all of which lead to loopback servers.

The client under test looks names up here and connects through here, with all its checks on; no packet leaves
the machine.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence

import httpcore

from etl.acquire.addresses import literal
from tests.servers.loopback import Site

PUBLIC = "93.184.215.14"
PUBLIC_6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


class Internet:
    """`names[host]` is a list of answers, one a look-up (the last stays); `dialled`: the connections."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.names: dict[str, list[Sequence[str]]] = {"news.example": [[PUBLIC]]}
        self.looked_up: list[str] = []
        self.dialled: list[str] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        if spelled := literal(host):
            return [spelled]
        answers = self.names.get(host)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.dialled.append(address)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.site.port, seconds)
