"""The page of the benchmark of growth: rates and ratios from what was measured."""

from bench.growth_load import Figures, Run, report

STAGES = {"reading": 10.0, "proving": 5.0, "collecting": 3.0, "loading": 7.0, "dumping": 4.0, "answering": 11.0}
FIGURES = Figures(
    1000, 6000, 600_000,
    {
        "build from lines": Run(50.0, 80.0, 900.4, 2.04, STAGES),
        "feed": Run(5.0, 4.0, 50.0, 2.0),
        "oxigraph load": Run(10.0, 8.0, 700.0, 2.0),
    },
)  # fmt: skip


def test_each_run_has_its_rates_and_what_it_is_to_a_plain_load() -> None:
    page = report([FIGURES])
    assert "## 1,000 editorials, 6,000 claims, 600,000 quads" in page
    assert "| build from lines | 50.0 | 20 | 12,000 | 5.0 | 80.0 s, 10.0 times | 900 | 2.0 |" in page
    assert "| feed | 5.0 | 200 | 120,000 | 0.5 | 4.0 s, 0.5 times | 50 | 2.0 |" in page
    assert "| oxigraph load | 10.0 | 100 | 60,000 | 1.0 | 8.0 s, 1.0 times | 700 | 2.0 |" in page


def test_the_stages_of_a_build_are_told_in_parts() -> None:
    page = report([FIGURES])
    assert "| … read, checked and encoded | 10.0 | 100 | 60,000 | 1.0 | " in page
    assert "| … quads sorted, written and in the store | 10.0 |" in page
    assert "| … dumps and prepared answers | 15.0 |" in page
    assert "Stages of the build from lines: reading 10.0, proving 5.0" in page
