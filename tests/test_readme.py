"""What the README shows is what a reader gets."""

import re

import pytest
from pyoxigraph import QueryBoolean, QueryResultsFormat, Store
from pyoxigraph import QuerySolutions as Solutions
from repository import REPOSITORY

from queries import questions

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sparql\n(.*?)```\s+```csv\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize(("query", "answer"), QUERIES)
def test_each_query_has_the_answer_beside_it(seed_store: Store, query: str, answer: str) -> None:
    found = seed_store.query(query)
    assert isinstance(found, Solutions | QueryBoolean)
    shown = (found.serialize(format=QueryResultsFormat.CSV) or b"").decode().replace("\r\n", "\n")
    assert shown.strip() == answer.strip()


def test_there_are_three_queries() -> None:
    assert len(QUERIES) == 3


def test_the_claim_shown_is_the_claim_in_the_data() -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", README, flags=re.DOTALL)
    file = REPOSITORY / "graph" / "data" / "claims" / "2021" / "2021-01-progress-kazakhstan.yaml"
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    missing = [line for line in shown.splitlines() if line.strip() not in lines]
    assert not missing


def test_the_questions_are_counted_right() -> None:
    ones = ("", "-one", "-two", "-three", "-four", "-five", "-six", "-seven", "-eight", "-nine")
    counted = {5: "fifty", 6: "sixty", 7: "seventy"}[len(questions()) // 10] + ones[len(questions()) % 10]
    assert f"the {counted} saved questions" in " ".join(README.split())


def test_every_file_it_points_to_is_there() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert len(targets) >= 5
    assert not [target for target in targets if not (REPOSITORY / target).exists()]
