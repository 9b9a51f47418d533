"""The systemd unit and the container file, as far as they can be held to the truth without systemd or containers."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from repository import REPOSITORY
from server_fixtures import make_app
from werkzeug.test import Client

from server.settings import ServerSettings
from server.settings_check import all_settings
from server.watching import metrics
from server.watching.access_log import AccessLog
from server.watching.noting import KINDS
from server.watching.observing import Observer

DEPLOY = REPOSITORY / "server" / "deploy"
README = (REPOSITORY / "server" / "README.md").read_text(encoding="utf-8")
UNIT = (DEPLOY / "samizdat.service").read_text(encoding="utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
EXPOSED = 2.0
"""The most that `systemd-analyze security` may find, of 10; a unit that says nothing has 9.6."""


def directives(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)


def instructions() -> list[tuple[str, str]]:
    """The instructions of the container file in their order, continued lines joined."""
    text = re.sub(r"^#.*\n", "", CONTAINER, flags=re.MULTILINE).replace("\\\n", " ")
    return [(line.split()[0], " ".join(line.split()[1:])) for line in text.splitlines() if line.strip()]


def values(name: str) -> list[str]:
    return [rest for found, rest in instructions() if found == name]


def analyze(*arguments: str) -> str:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    done = subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a program in it that is there."""
    file = tmp_path / "samizdat.service"
    file.write_text(UNIT.replace("/opt/samizdat/bin/samizdat", "/bin/true"), encoding="utf-8")
    return file


def test_systemd_has_nothing_to_say_against_the_unit(unit: Path) -> None:
    assert "samizdat.service" not in analyze("verify", "--man=no", str(unit))


def test_the_unit_exposes_little(unit: Path) -> None:
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", analyze("security", "--offline=true", str(unit)))
    assert found
    assert float(found[1]) <= EXPOSED


def test_the_unit_is_hardened_and_stops_gently() -> None:
    for line in ("DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "KillMode=mixed", "UMask=0077"):
        assert f"\n{line}\n" in UNIT
    (stop,) = directives("TimeoutStopSec")
    assert int(stop) > ServerSettings().seconds + 5


def test_the_unit_leaves_room_for_every_executor() -> None:
    given = dict(line.split("=", 1) for line in directives("Environment"))
    (room,) = directives("MemoryMax")
    assert int(room.removesuffix("G")) << 10 > int(given["SAMIZDAT_EXECUTORS"]) * ServerSettings().memory_mb + 250


@pytest.mark.parametrize(
    "call",
    [
        *("prctl", "setrlimit", "prlimit64", "setitimer", "socketpair", "rt_sigprocmask"),
        *("pidfd_open", "pidfd_send_signal", "setpgid", "setpriority"),
    ],
)
def test_the_unit_lets_executors_bind_themselves(call: str) -> None:
    (allowed, forbidden) = directives("SystemCallFilter")
    assert call in calls(allowed)
    assert call not in calls(forbidden.removeprefix("~"))


def calls(group: str) -> set[str]:
    """The system calls of a group, its sub-groups' included."""
    listed = [line.strip() for line in analyze("syscall-filter", group).splitlines()[1:]]
    names = [line for line in listed if line and not line.startswith("#")]
    return {name for name in names if not name.startswith("@")}.union(
        *(calls(name) for name in names if name.startswith("@"))
    )


def test_both_set_only_settings_that_there_are() -> None:
    of_container = re.findall(r"(SAMIZDAT_\w+)=", " ".join(values("ENV")))
    of_unit = [line.split("=")[0] for line in directives("Environment")]
    assert of_container
    assert of_unit
    assert {*of_container, *of_unit} <= all_settings().keys()
    ServerSettings.from_environment(dict(re.findall(r"(SAMIZDAT_\w+)=(\S+)", " ".join(values("ENV")))))


def test_the_container_has_two_stages_of_a_plain_image() -> None:
    images = [rest.split(" AS ")[0] for rest in values("FROM")]
    assert len(images) == 2
    assert not [image for image in images if not re.fullmatch(r"python:3\.\d+-slim", image)]


def test_the_container_runs_as_nobody_in_a_folder_that_is_not_the_root() -> None:
    last = instructions()[max(place for place, item in enumerate(instructions()) if item[0] == "FROM") :]
    said = dict(last)
    user, group = said["USER"].split(":")
    assert int(user) > 1000 < int(group)
    assert said["WORKDIR"] == said["VOLUME"] == "/var/lib/samizdat"
    assert (json.loads(said["ENTRYPOINT"]), json.loads(said["CMD"])) == (["samizdat"], ["serve"])
    assert "pip" not in str(last)


def test_the_container_copies_what_the_build_needs() -> None:
    copied = {name for rest in values("COPY") if "--from" not in rest for name in rest.split()[:-1]}
    assert not [name for name in copied if not (REPOSITORY / name).exists()]
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    packages = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert packages | {project["project"]["readme"], *project["project"]["license-files"], "pyproject.toml"} <= copied


def test_the_container_is_asked_whether_it_is_ready() -> None:
    check = json.loads(values("HEALTHCHECK")[0].split("CMD ")[1])
    compile(check[2], "HEALTHCHECK", "exec")
    assert make_app().test_client().get("/readyz").status_code == 200
    port = re.search(r"SAMIZDAT_PORT=(\d+)", CONTAINER)
    assert port
    assert f"http://127.0.0.1:{port[1]}/readyz" in check[2]
    assert values("EXPOSE") == [port[1]]


def test_every_metric_is_documented() -> None:
    settings = ServerSettings(metrics="public")
    app = make_app(settings=settings)
    client = Client(Observer(app, metrics.measurements(app), AccessLog(settings)))
    client.get("/claims")
    names = set(re.findall(r"^# HELP (samizdat_\w+)", client.get("/metrics").text, re.MULTILINE))
    rows = re.findall(r"^\| (`samizdat_.*?) \|", README, re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert names <= documented
    assert {"samizdat_executors", "samizdat_snapshot_info", "samizdat_request_seconds"} <= documented
    assert ", ".join(KINDS) in README


def test_the_settings_file_shown_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    assert {f"SAMIZDAT_{key.upper()}" for key in tomllib.loads(shown)} <= all_settings().keys()


def test_the_log_line_shown_has_the_fields_of_one() -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    log = AccessLog(ServerSettings())
    assert json.loads(shown).keys() == log.record({"REQUEST_METHOD": "GET"}, "200", {}, 0.1).keys()


def test_every_setting_named_in_the_operators_page_is_one() -> None:
    assert set(re.findall(r"SAMIZDAT_[A-Z_]+", README)) <= all_settings().keys()


def test_every_file_it_points_to_is_there() -> None:
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    assert len(targets) >= 3
    assert not [target for target in targets if not (REPOSITORY / "server" / target).exists()]
