"""The hand-written rules of the reading half, each with what stands in its place while it is switched off.

Patterns and lists of words are found in the modules by themselves, so that a new one is measured like the others.
The steps that drop chosen lines are those of `html.STEPS` and `plain.STEPS`; other functions and numbers
stand in the tables of `functions`. What the models were trained with is no rule
here: a change of it would ask for new models. Neither is what bounds hostile input, or the vocabulary of a language.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property
from types import ModuleType
from typing import Any

import winnow.read
from lab.benchmarks.rules.functions import FUNCTIONS, VALUES, second
from lab.benchmarks.rules.parts import is_words, parts_of
from winnow.read import html, plain
from winnow.read.metadata.values import word_set

# Modules and packages that hold no rules: features of the models, decoding, parsing, vocabulary.
NO_RULES = (
    "account", "decode", "parser", "page", "words", "html.blocks", "html.boxes", "html.features", "html.looks",
    "html.model", "html.page", "html.parse", "html.render", "html.second_opinions", "html.seen", "html.tags",
    "html.trafilatura_searches", "html.walk", "lines.characters", "lines.cues", "lines.features",
    "lines.features_blocks", "lines.features_context", "lines.features_line", "lines.features_page", "lines.line",
    "lines.model_file", "lines.steps", "lines.tokens", "lines.trees", "lines.views", "lines.word_model", "plain.model",
    "plain.page", "plain.render", "plain.sections", "plain.title_features",
)  # fmt: skip
# Tokenisers, forms that a value must have, sets of names of HTML, what the models know of boxes, quick looks before a
# rule.
NO_RULE = word_set(
    """metadata.values._UNWANTED metadata.values._TAG metadata.values._WORD metadata.values._HOST
    metadata.values._LANGUAGE metadata.values._ISO_639_1 metadata.visible._DATE_PROPS
    html.box_names.GROUPS html.box_names.ATTRIBUTES html.box_names._PART html.box_names._ANY_CUE
    html.box_names._EACH_CUE notices.CONSENT_HINTS lines.legal_words._KEY lines.legal_words._CHARACTERS"""
)
# What other modules remember of a module's rules.
_REMEMBERED = {"html.box_names": ("html.looks",)}
_ROOT = "winnow.read."


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule: where it stands, its value, and the value that switches it off.

    `path` leads to a pattern or a step in a tuple.
    """

    name: str
    owner: Any  # a module or a class
    attribute: str
    value: Any
    off: Any
    path: tuple[int, ...] = ()

    @cached_property
    def parts(self) -> dict[str, object]:
        """Return values of a pattern or a list of words that lack one alternative or word each, by what they lack."""
        return parts_of(self.value) if is_words(self.value) or isinstance(self.value, re.Pattern) else {}

    @cached_property
    def is_set(self) -> bool:
        """Tell whether the rule is a set of words of which no module asks more than what is in it."""
        return isinstance(self.value, frozenset) and all(
            only_asked(inspect.getsource(owner), self.attribute) for owner in self.owners()
        )

    @property
    def is_used(self) -> bool:
        """Tell whether a function uses the rule; else it is only an ingredient of others when modules are imported."""
        return any(_uses(inspect.getsource(owner), self.attribute) for owner in self.owners())

    def owners(self) -> list[Any]:
        """Return whatever has the rule under its name: its module, and the modules that import it from there."""
        whole = vars(self.owner)[self.attribute]
        if not isinstance(self.owner, ModuleType):
            return [self.owner]
        modules = [module for name, module in sys.modules.items() if name.startswith(("winnow.", "tests."))]
        return [module for module in modules if vars(module).get(self.attribute) is whole]


@cache
def _in_functions(source: str) -> list[ast.AST]:
    """Return the nodes of a module's functions."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return [node for function in functions for node in ast.walk(function)]


def _uses(source: str, name: str) -> set[int]:
    """Return the nodes at which a module's functions use a name, by their `id`."""
    return {id(node) for node in _in_functions(source) if isinstance(node, ast.Name) and node.id == name}


@cache
def only_asked(source: str, name: str) -> bool:
    """Tell whether a module's functions use a name for nothing but to ask whether something is in it."""
    used = _uses(source, name)
    asked = {
        id(right)
        for node in _in_functions(source)
        if isinstance(node, ast.Compare)
        for how, right in zip(node.ops, node.comparators, strict=True)
        if isinstance(how, ast.In | ast.NotIn)
    }
    return used <= asked


def rules() -> list[Rule]:
    """Return all rules, in the order of their names. Raises AttributeError where a table names what is not there."""
    for name in (*NO_RULES, *NO_RULE):
        _whole(name)
    found = [rule for module in _modules() for rule in _constants(module)]
    found += [rule for reader in (html, plain) for rule in _steps(reader)]
    tables: tuple[Mapping[str, object], ...] = (FUNCTIONS, VALUES)
    for name, off in (row for table in tables for row in table.items()):
        owner, _, attribute = name.rpartition(".")
        found.append(Rule(name, _whole(owner), attribute, _whole(name), off))
    return sorted(found, key=lambda rule: rule.name)


def _steps(reader: ModuleType) -> Iterator[Rule]:
    """Return a rule for each step of a reader; switched off, it stays in its place and changes nothing."""
    for index, step in enumerate(reader.STEPS):
        name = f"{reader.__name__.removeprefix(_ROOT)}.STEPS.{step.name}"
        yield Rule(name, reader, "STEPS", step, replace(step, change=second), (index,))


def _whole(name: str) -> Any:
    """Return the module, class, function or value of a dotted name below `winnow.read`."""
    try:
        return importlib.import_module((_ROOT + name).rstrip("."))
    except ModuleNotFoundError:
        outer, _, inner = name.rpartition(".")
        return getattr(_whole(outer), inner)


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(winnow.read.__path__, _ROOT):
        if not f"{info.name.removeprefix(_ROOT)}.".startswith(tuple(f"{name}." for name in NO_RULES)):
            yield importlib.import_module(info.name)


def _constants(module: ModuleType) -> Iterator[Rule]:
    """Find the patterns and the lists of words that a module defines."""
    for statement in ast.parse(inspect.getsource(module)).body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        for name in (target.id for target in targets if isinstance(target, ast.Name)):
            full = f"{module.__name__.removeprefix(_ROOT)}.{name}"
            if full not in NO_RULE and not name.startswith("__"):
                found = _told_apart(full, module, name, vars(module)[name])
                yield from (rule for rule in found if rule.is_used)


def _told_apart(full: str, module: ModuleType, name: str, value: object) -> Iterator[Rule]:
    if is_words(value):
        yield Rule(full, module, name, value, type(value)())
        return
    for path, pattern in _patterns(value):
        place = "".join(f"[{step}]" for step in path[:1])
        yield Rule(full + place, module, name, pattern, never(pattern), path)


def never(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Return a pattern with the same groups that matches nothing: replacements may name them."""
    names = {number: f"?P<{name}>" for name, number in pattern.groupindex.items()}
    return re.compile("(?!)" + "".join(f"({names.get(number, '')})" for number in range(1, pattern.groups + 1)))


def _patterns(value: object, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield path, value
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _patterns(each, (*path, index))


def _put(whole: Any, path: tuple[int, ...], value: object) -> Any:
    """Return a tuple with another value at the end of a path; without a path the value itself."""
    if not path:
        return value
    first, *rest = path
    return (*whole[:first], _put(whole[first], tuple(rest), value), *whole[first + 1 :])


class Switchboard:
    """Puts values in the place of rules, and everything back afterwards; what modules remember is forgotten."""

    def __init__(self, known: Iterable[Rule]) -> None:
        self.owners = {rule: rule.owners() for rule in known}
        self._caches = {module: [*_caches(module), *_caches_elsewhere(module)] for module in _modules()}

    @contextmanager
    def put(self, values: Sequence[tuple[Rule, object]]) -> Iterator[None]:
        """Put a value in the place of each rule."""
        undo: list[tuple[Any, str, object]] = []
        touched = {owner for rule, _ in values for owner in self.owners[rule]}
        for rule, value in values:
            for owner in self.owners[rule]:
                before = vars(owner)[rule.attribute]
                undo.append((owner, rule.attribute, before))
                setattr(owner, rule.attribute, _put(before, rule.path, value))
        self._forget(touched)
        try:
            yield
        finally:
            for owner, attribute, before in reversed(undo):
                setattr(owner, attribute, before)
            self._forget(touched)

    def _forget(self, owners: Iterable[Any]) -> None:
        for clear in (clear for owner in owners for clear in self._caches.get(owner, ())):
            clear()


def _caches_elsewhere(module: ModuleType) -> Iterator[Callable[[], None]]:
    for name in _REMEMBERED.get(module.__name__.removeprefix(_ROOT), ()):
        yield from _caches(importlib.import_module(_ROOT + name))


def _caches(module: ModuleType) -> Iterator[Callable[[], None]]:
    """Find what a module remembers: functions with a cache, and dictionaries with names of variables."""
    for name, value in vars(module).items():
        if hasattr(value, "cache_clear"):
            yield value.cache_clear
        elif isinstance(value, dict) and name.islower() and not name.startswith("__"):
            yield value.clear
