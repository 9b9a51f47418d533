"""The house rules that a person would have to look for by hand."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent
ALLOWED = {
    *(".ci", ".editorconfig", ".gitattributes", ".github", ".gitignore"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-DATA", "README.md"),
    *("Makefile", "pyproject.toml", "requirements-build.lock", "requirements-dev.lock", "requirements-node.lock"),
    "requirements.lock",
    *("graph", "ontology", "queries", "server", "tests"),
}
FRONTEND = "server/frontend"
PACKAGES = {"graph", "ontology", "queries", "server"}
LONGEST = 400
"""Lines of Python in one file."""

# Written in two parts, so that this file passes its own test.
HOSTS = [f"{name}.{end}" for end in ["org"] for name in ("pypi", "pythonhosted", "npmjs", "debian")]
MACHINE = [f"/{folder}/" for folder in ("work/main", "work/shared", "tmp/probe", "tmp/team", "opt/pypi")]


def tracked() -> list[Path]:
    """The files git tracks; skips where this is no clone."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git clone: what is tracked is not known")
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [file for file in tracked() if file.suffix == ".py"]


def test_the_top_holds_only_what_belongs_there() -> None:
    found = {file.relative_to(ROOT).parts[0] for file in tracked()}
    assert found <= ALLOWED, f"not in the house plan: {sorted(found - ALLOWED)}"


def test_no_python_file_is_too_long() -> None:
    lengths = {file.relative_to(ROOT): file.read_text(encoding="utf-8").count("\n") for file in python_files()}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST}


def bound_name(node: ast.AST) -> str | None:
    """The name that a node binds, if it does; `import graph` binds the package itself and is no other thing."""
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    return node.asname if isinstance(node, ast.alias) else None


def locals_of(node: ast.AST, *, in_class: bool = False) -> Iterator[tuple[str, int]]:
    """Names bound in a file, with their lines; fields of a class are no locals and are left out."""
    for child in ast.iter_child_nodes(node):
        name = bound_name(child)
        if name and not (in_class and isinstance(child, ast.Name)):
            yield name, getattr(child, "lineno", 0)
        leaves_class = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from locals_of(child, in_class=isinstance(child, ast.ClassDef) or (in_class and not leaves_class))


def test_no_local_hides_the_package_graph() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in python_files()
        for name, line in locals_of(ast.parse(file.read_text(encoding="utf-8")))
        if name == "graph"
    ]
    assert not wrong


@pytest.mark.parametrize("source", ["graph = 1", "def f(graph): ...", "for graph in []: ...", "import rdflib as graph"])
def test_a_local_called_graph_is_found(source: str) -> None:
    assert "graph" in {name for name, _ in locals_of(ast.parse(source))}


def test_a_field_called_graph_is_allowed() -> None:
    source = "class Formats:\n    graph: str | None = None\n\n    def f(self) -> None: self.graph = 'x'"
    assert "graph" not in {name for name, _ in locals_of(ast.parse(source))}


def test_nothing_names_a_registry_or_a_path_of_one_machine() -> None:
    pattern = re.compile("|".join(map(re.escape, HOSTS + MACHINE)).encode())
    wrong = {
        f"{file.relative_to(ROOT)}: {match.group().decode()}"
        for file in tracked()
        for match in pattern.finditer(file.read_bytes())
    }
    assert not wrong


def test_the_wheel_holds_every_file_of_the_packages() -> None:
    wheel = {file.path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    wanted = {str(file) for file in tracked() if file.relative_to(ROOT).parts[0] in PACKAGES}
    assert {file for file in wanted if f"/{FRONTEND}/" not in file} <= wheel


def test_the_wheel_holds_the_scripts_as_they_are_bundled_and_not_what_they_are_bundled_from() -> None:
    wheel = {file.relative_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert not [file for file in wheel if file.startswith(FRONTEND)]
    built = ROOT / "server" / "static" / "built"
    assert {str(file.relative_to(ROOT)) for file in built.rglob("*.js")} <= wheel
