"""The files in `deploy/`, `requirements.txt` and `docs/hosting.md` name what exists."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import lsedash
from lsedash.commands.main import lsedash as command
from lsedash.computing.shared import WORKERS
from lsedash.ui.serving.pages import FRAME_ANCESTORS

ROOT = Path(lsedash.__file__).parent.parent
DEPLOY = ROOT / "deploy"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
HOSTING = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
SPACE = (DEPLOY / "huggingface" / "README.md").read_text(encoding="utf-8")
SERVERS = {name: service for name, service in COMPOSE["services"].items() if name != "proxy"}
HEALTH = "/_stcore/health"


def test_a_host_installs_what_the_project_depends_on():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == PROJECT["dependencies"]


def test_the_container_has_a_python_that_the_project_takes():
    versions = re.findall(r"^FROM python:(\d+)\.(\d+)-", DOCKERFILE, re.MULTILINE)
    assert len(versions) == 2
    needed = PROJECT["requires-python"].removeprefix(">=").split(".")
    for version in versions:
        assert tuple(map(int, version)) >= tuple(map(int, needed))
    assert "Python 3.11 or newer" in HOSTING


def test_the_container_copies_what_is_there_and_all_that_a_wheel_takes():
    copied = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    for name in names:
        assert (ROOT / name).exists()
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    taken = wheel["build"]["targets"]["wheel"]["force-include"]
    assert {Path(name).parts[0] for name in taken} <= names
    assert {"lsedash", "pyproject.toml", "constraints.txt", PROJECT["readme"]} <= names
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} == names


def test_the_container_is_no_root_and_is_asked_for_its_health():
    assert re.search(r"^USER (?!root)\w+$", DOCKERFILE, re.MULTILINE)
    assert f"{HEALTH}'" in DOCKERFILE.partition("HEALTHCHECK")[2]


@pytest.mark.parametrize("text", [DOCKERFILE, HOSTING], ids=["Dockerfile", "hosting.md"])
def test_commands_have_the_options_that_are_written(text):
    known = set(re.findall(r"--[\w-]+", CliRunner().invoke(command, ["--help"]).output))
    calls = re.findall(r"bin/lsedash (.*)", text)
    assert calls
    for call in calls:
        assert set(re.findall(r"--[\w-]+", call)) <= known


def test_the_proxy_knows_every_server_and_its_port():
    assert len(SERVERS) > 1
    for name, service in SERVERS.items():
        port = service["environment"]["PORT"]
        assert f"upstream {name} {{ server {name}:{port} " in NGINX
        assert f"~:{port}$ {name};" in NGINX
    listens = re.findall(r"^\s*listen (\d+);", NGINX, re.MULTILINE)
    assert [ports.split(":")[1] for ports in COMPOSE["services"]["proxy"]["ports"]] == listens
    assert f"EXPOSE {SERVERS['one']['environment']['PORT']}" in DOCKERFILE


def test_the_proxy_lets_sockets_through_and_keeps_what_is_for_the_host_alone():
    assert HEALTH in NGINX
    assert "proxy_set_header Upgrade $http_upgrade;" in NGINX
    assert "proxy_set_header Host $http_host;" in NGINX  # else Streamlit refuses the socket
    assert re.search(r"location ~ /status\$ \{ return 404; \}", NGINX)


def test_services_write_nothing_and_have_the_variables_that_the_code_reads():
    for service in COMPOSE["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    for service in SERVERS.values():
        assert {WORKERS, FRAME_ANCESTORS} <= set(service["environment"])
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
    for name in (WORKERS, FRAME_ANCESTORS):
        assert f"`{name}`" in HOSTING


def test_a_space_is_a_container_with_the_port_of_ours():
    front = yaml.safe_load(SPACE.split("---")[1])
    assert front["sdk"] == "docker"
    assert f"PORT={front['app_port']}" in DOCKERFILE
    assert len(front["short_description"]) <= 60
    assert FRAME_ANCESTORS in SPACE


@pytest.mark.parametrize("text", [HOSTING, SPACE], ids=["hosting.md", "Space"])
def test_files_that_are_named_are_there(text):
    named = re.findall(r"`((?:deploy|benchmarks|docs|\.streamlit)/[\w./-]+)`", text)
    assert named
    for name in named:
        assert (ROOT / name).is_file(), name
