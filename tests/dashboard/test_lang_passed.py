"""Every call of a function that has a `lang` gives it: a forgotten one shows English in an Arabic page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import dashboard

ROOT = Path(dashboard.__file__).parent
PACKAGE = ROOT.name
ENGLISH_ONLY = {"app.py", "search.py", "serve.py"}
"""Written before a reader is known: the shell's defaults, the index of both languages, the warm-up."""


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {_module(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py"))}


def _position(function: ast.FunctionDef) -> int | None:
    """Where `lang` stands among the positional arguments, -1 for keyword only, None without one."""
    args = function.args
    names = [arg.arg for arg in args.posonlyargs + args.args]
    if "lang" in names:
        return names.index("lang")
    return -1 if "lang" in {arg.arg for arg in args.kwonlyargs} else None


SPOKEN = {
    (module, node.name): position
    for module, tree in TREES.items()
    for node in tree.body
    if isinstance(node, ast.FunctionDef) and (position := _position(node)) is not None
}
# Asks whether there is a text at all: English has every key.
SPOKEN.pop((f"{PACKAGE}.i18n", "has"))


def _known(module: str, tree: ast.Module) -> dict[str, tuple[str, str]]:
    """The names of a module that stand for functions or modules of ours: name -> (module, function or "")."""
    known = {name: (home, name) for home, name in SPOKEN if home == module}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not str(node.module).startswith(PACKAGE):
            continue
        for alias in node.names:
            own = alias.asname or alias.name
            whole = f"{node.module}.{alias.name}"
            known[own] = (whole, "") if whole in TREES else (str(node.module), alias.name)
    return known


def _unspoken(module: str, tree: ast.Module) -> Iterator[str]:
    known = _known(module, tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        match call.func:
            case ast.Name(id=name):
                target = known.get(name)
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if known.get(name, ("", "x"))[1] == "":
                target = (known[name][0], attr)
            case _:
                continue
        position = SPOKEN.get(target) if target else None
        if position is None or any(key.arg in {"lang", None} for key in call.keywords):
            continue
        given = any(isinstance(arg, ast.Starred) for arg in call.args) or len(call.args) > position >= 0
        if not given:
            yield f"{module}:{call.lineno}: {ast.unparse(call)}"


def test_every_call_says_in_which_language() -> None:
    found = [
        line
        for module, tree in TREES.items()
        if not any(module == _module(ROOT / name) for name in ENGLISH_ONLY) and module != f"{PACKAGE}.i18n"
        for line in _unspoken(module, tree)
    ]
    assert found == []


def test_the_search_finds_what_it_is_for() -> None:
    source = "from dashboard.i18n import t\nfrom dashboard import i18n\nt('a')\ni18n.day(d)\nt('b', lang=x)\n"
    assert [line.partition(": ")[2] for line in _unspoken("dashboard.x", ast.parse(source))] == [
        "t('a')",
        "i18n.day(d)",
    ]
