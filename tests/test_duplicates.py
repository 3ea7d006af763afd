"""No six lines of the library's code stand twice; within functions, also not with other names in them."""

from __future__ import annotations

import ast
import io
import keyword
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from tests.test_layers import SOURCES

LINES = 6
CODE = {path: source for path, source in SOURCES.items() if path.startswith(("winnow/", "crawler/", "pipelines/"))}
_KINDS = {tokenize.NAME: "name", tokenize.STRING: "text", tokenize.NUMBER: "number"}
_SPACE = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT, tokenize.ENDMARKER}


def repeated(sources: Mapping[str, str], any_names: bool) -> list[tuple[str, str]]:
    """Return the pairs of places that share six lines; with `any_names` within functions, whatever the names there."""
    places = defaultdict(list)
    for path, source in sources.items():
        lines = list(_lines(source, any_names))
        for start in range(len(lines) - LINES + 1):
            numbers, shapes = zip(*lines[start : start + LINES], strict=True)
            if all(shapes):
                places[shapes].append((path, numbers[0], numbers[-1]))
    return [
        (f"{one[0]}:{one[1]}", f"{other[0]}:{other[1]}")
        for found in places.values()
        for one, other in combinations(found, 2)
        if one[0] != other[0] or other[1] > one[2]
    ]


def _lines(source: str, any_names: bool) -> Iterator[tuple[int, str]]:
    """Return number and shape of each line of code but imports and docstrings; the shape is empty where none counts."""
    passed, bodies = set[int](), set[int]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Expr) and not _is_work(node):
            passed |= set(range(node.lineno, (node.end_lineno or 0) + 1))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            bodies |= set(range(node.body[0].lineno, (node.end_lineno or 0) + 1))
    shapes = defaultdict(list)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _SPACE:
            kind = _KINDS.get(token.type, token.string) if any_names else token.string
            shapes[token.start[0]].append(token.string if keyword.iskeyword(token.string) else kind)
    for line, shape in sorted(shapes.items()):
        if line not in passed:
            yield line, " ".join(shape) if line in bodies or not any_names else ""


def _is_work(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)


def test_no_six_lines_stand_twice() -> None:
    found = repeated(CODE, any_names=False)
    assert found == []


def test_no_six_lines_of_functions_stand_twice_with_other_names() -> None:
    assert repeated(CODE, any_names=True) == []


ONE = """
def one(a: int) -> int:
    b = a + 1
    if b:
        b *= 2
    c = [b for _ in range(a)]
    d = len(c)
    return d
"""


def test_lines_that_stand_twice_are_found() -> None:
    assert repeated({"a.py": ONE, "b.py": ONE}, any_names=False)
    assert repeated({"a.py": f"{ONE}\n\n{ONE}"}, any_names=False)
    assert not repeated({"a.py": ONE}, any_names=False)


def test_other_names_make_no_difference_within_functions() -> None:
    renamed = ONE.replace("a +", "z +").replace("b", "y").replace("2", "3")
    assert repeated({"a.py": ONE, "b.py": renamed}, any_names=True)
    assert not repeated({"a.py": ONE, "b.py": renamed}, any_names=False)
    assert not repeated({"a.py": ONE, "b.py": renamed.replace("*=", "+=")}, any_names=True)
