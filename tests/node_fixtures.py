"""What tests run in Node.js: the packages of tests/clients, as their lock file has them."""

import fcntl
import json
import shutil
import subprocess
from typing import Any

import pytest
from repository import REPOSITORY

CLIENTS = REPOSITORY / "tests" / "clients"
INSTALL_SECONDS, RUN_SECONDS = 180, 120


def install() -> None:
    """Install them unless that is done; skips where there is no Node.js, or npm cannot."""
    if not shutil.which("npm") or not shutil.which("npx"):
        pytest.skip("this needs Node.js: npm is not installed")
    installed, locked = CLIENTS / "node_modules" / ".package-lock.json", CLIENTS / "package-lock.json"
    # Tests run in several processes, and npm empties the folder before it fills it.
    with (CLIENTS / "package.json").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if installed.exists() and installed.stat().st_mtime >= locked.stat().st_mtime:
            return
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
        done = subprocess.run(command, cwd=CLIENTS, capture_output=True, text=True, timeout=INSTALL_SECONDS)
        if done.returncode:
            pytest.skip(f"the packages cannot be installed, npm says: {done.stderr.strip().splitlines()[-1:]}")


def run(script: str, given: Any) -> Any:
    """What a script of tests/clients makes of some JSON."""
    command, text = ["node", script], json.dumps(given)
    done = subprocess.run(command, cwd=CLIENTS, input=text, capture_output=True, text=True, timeout=RUN_SECONDS)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
