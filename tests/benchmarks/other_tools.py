"""The same run of requests for two well-known tools, as far as npm can bring them: newman and the Bruno CLI."""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Prepare = Callable[[Path, str, int], list[str]]


@dataclass(frozen=True)
class Tool:
    """``prepare`` writes a collection of so many requests into a folder, and tells the command that runs it there."""

    name: str
    prepare: Prepare


def tools() -> list[Tool]:
    """What npm has, or can bring into its own store; a line is printed for each that it cannot."""
    found = []
    for package, command, write in (
        ("newman@6.2.2", "newman", _write_for_newman),
        ("@usebruno/cli@4.1.0", "bru", _write_for_bruno),
    ):
        program = _installed(package, command)
        if program:
            found.append(Tool(package, _Preparation(program, write)))
        else:
            print(f"{package} is not measured: npm is not there, or cannot bring it.")
    return found


@dataclass(frozen=True)
class _Preparation:
    program: str
    write: Prepare

    def __call__(self, folder: Path, base_url: str, count: int) -> list[str]:
        return [self.program, *self.write(folder, base_url, count)]


def _installed(package: str, command: str) -> str:
    """The path of a program, so that what starts is the program and not npm; empty where there is none."""
    npm = shutil.which("npm")
    if npm is None:
        return ""
    line = [npm, "exec", "--yes", "--silent", f"--package={package}", "-c", f"command -v {command}"]
    done = subprocess.run(line, check=False, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def installed_into(folder: Path, package: str) -> bool:
    """Whether npm is there and could put a package into a folder; a line is printed if not."""
    npm = shutil.which("npm")
    install = [npm or "", "install", "--silent", "--no-audit", "--no-fund", package]
    if npm is None or shutil.which("node") is None or subprocess.run(install, cwd=folder, check=False).returncode:
        print(f"{package} is not measured: npm is not there, or cannot bring it.")
        return False
    return True


def _write_for_newman(folder: Path, base_url: str, count: int) -> list[str]:
    request = {"method": "GET", "url": "{{host}}/players/1"}
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    collection = {
        "info": {"name": "run", "schema": schema},
        "item": [{"name": f"Request {number}", "request": request} for number in range(count)],
    }
    (folder / "collection.json").write_text(json.dumps(collection), encoding="utf-8")
    return ["run", "collection.json", "--silent", "--env-var", f"host={base_url}"]


def _write_for_bruno(folder: Path, base_url: str, count: int) -> list[str]:
    about = {"version": "1", "name": "run", "type": "collection"}
    (folder / "bruno.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "collection.bru").write_text(f"vars:pre-request {{\n  host: {base_url}\n}}\n", encoding="utf-8")
    for number in range(count):
        text = f"meta {{\n  name: Request {number}\n  type: http\n  seq: {number + 1}\n}}\n\n"
        text += "get {\n  url: {{host}}/players/1\n  body: none\n  auth: none\n}\n"
        (folder / f"request-{number:04}.bru").write_text(text, encoding="utf-8")
    return ["run"]
