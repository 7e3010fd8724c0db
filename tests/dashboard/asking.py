"""Questions to Dash as a browser puts them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Prop = tuple[str, str]  # the id of a component, one of its properties


def question(outputs: list[Prop], inputs: Mapping[Prop, Any], state: Mapping[Prop, Any]) -> dict[str, Any]:
    """The body of a request for one callback that has several outputs."""
    names = "...".join(f"{component}.{prop}" for component, prop in outputs)
    return {
        "output": f"..{names}..",
        "outputs": [{"id": component, "property": prop} for component, prop in outputs],
        "inputs": [{"id": own, "property": prop, "value": value} for (own, prop), value in inputs.items()],
        "changedPropIds": [f"{own}.{prop}" for own, prop in inputs][:1],
        "state": [{"id": own, "property": prop, "value": value} for (own, prop), value in state.items()],
    }


def ask(client: FlaskClient, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> TestResponse:
    """The answer to a question, whatever its status."""
    return client.post("/_dash-update-component", json=body, headers=dict(headers or {}))


def content(
    client: FlaskClient, path: str, search: str = "", headers: Mapping[str, str] | None = None
) -> Any:
    """The content of the page at an address, as its JSON; it must be answered."""
    outputs = [("_pages_content", "children"), ("_pages_store", "data")]
    inputs = {("_pages_location", "pathname"): path, ("_pages_location", "search"): search}
    answer = ask(client, question(outputs, inputs, {}), headers)
    assert answer.status_code == 200, path + search
    return answer.get_json()
