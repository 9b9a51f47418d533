"""Imports run one way, ontology <- queries <- graph <- server, and never in a circle."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("ontology", "queries", "graph", "server")
"""From the ground up: a package may import itself and what stands before it."""


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_name(file): file for layer in LAYERS for file in sorted((ROOT / layer).rglob("*.py"))}


def targets(node: ast.AST, package: str) -> Iterator[str]:
    """The dotted names that an import statement may mean, a submodule before the package that holds it."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        source = ".".join([*above, *([node.module] if node.module else [])])
        for alias in node.names:
            yield f"{source}.{alias.name}" if f"{source}.{alias.name}" in FILES else source


def imported(module: str, file: Path) -> set[str]:
    """Everything the file imports, wherever in it: also inside functions and behind TYPE_CHECKING."""
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {name for node in nodes for name in targets(node, package)}


IMPORTS = {module: imported(module, file) for module, file in FILES.items()}


def test_every_layer_has_files() -> None:
    assert {module.partition(".")[0] for module in FILES} == set(LAYERS)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_what_stands_below_it(layer: str) -> None:
    above = LAYERS[LAYERS.index(layer) + 1 :]
    wrong = {
        f"{module} imports {name}"
        for module, names in IMPORTS.items()
        for name in names
        if module.partition(".")[0] == layer and name.partition(".")[0] in above
    }
    assert not wrong


def test_the_packages_import_no_test() -> None:
    wrong = {module for module, names in IMPORTS.items() if any(name.partition(".")[0] == "tests" for name in names)}
    assert not wrong


def test_no_module_imports_itself_through_others() -> None:
    own = {module: (names & FILES.keys()) - {module} for module, names in IMPORTS.items()}
    try:
        TopologicalSorter(own).prepare()
    except CycleError as circle:
        pytest.fail(" <- ".join(circle.args[1]))
