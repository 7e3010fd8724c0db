"""No more rights than needed: what no schema asks for."""

import re

import pytest

from tests.deploy.commands import DEPLOY, containers, documents, pods, services, units

SERVICES, CONTAINERS, PODS = services(), dict(containers()), dict(pods())


@pytest.mark.parametrize("name", SERVICES)
def test_compose_services(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] == "10001:10001"
    assert "privileged" not in service
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert not any(volume.startswith(("/", ".", "~")) for volume in service.get("volumes", []))
    assert service["command"][0] != "sh"


def test_the_dashboard_cannot_write() -> None:
    assert SERVICES["dashboard"]["volumes"] == ["data:/var/lib/captagon:ro"]
    (mount,) = (
        m
        for name, c in CONTAINERS.items()
        if name.endswith(": dashboard")
        for m in c["volumeMounts"]
        if m["name"] == "data"
    )
    assert mount["readOnly"] is True
    unit = (DEPLOY / "systemd/captagon-dashboard.service").read_text(encoding="utf-8")
    assert "ReadWritePaths" not in unit
    assert "StateDirectory" not in unit


@pytest.mark.parametrize("name", CONTAINERS)
def test_containers(name: str) -> None:
    container = CONTAINERS[name]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
    assert "memory" in container["resources"]["limits"]
    assert not container["image"].endswith(":latest")
    assert ":" in container["image"]


@pytest.mark.parametrize("name", PODS)
def test_pods(name: str) -> None:
    pod = PODS[name]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not any("hostPath" in volume for volume in pod["volumes"])
    mounted = {m["name"] for c in [*pod["initContainers"], *pod["containers"]] for m in c["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}


def test_the_cron_job_never_runs_twice_and_selects_what_the_policies_name() -> None:
    (job,) = documents("kubernetes/refresh.yaml")
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    labels = job["spec"]["jobTemplate"]["spec"]["template"]["metadata"]["labels"]
    policies = {d["metadata"]["name"]: d for d in documents("kubernetes/network.yaml")}
    assert policies["captagon-refresh"]["spec"]["podSelector"]["matchLabels"] == labels
    deployment, service = documents("kubernetes/dashboard.yaml")
    shown = deployment["spec"]["template"]["metadata"]["labels"]
    assert service["spec"]["selector"] == shown == deployment["spec"]["selector"]["matchLabels"]
    assert policies["captagon-dashboard"]["spec"]["podSelector"]["matchLabels"] == shown


def test_the_workflow() -> None:
    (flow,) = documents("github-actions/refresh.yml")
    assert flow["permissions"] == {}
    assert flow["concurrency"]["group"]
    assert flow["concurrency"]["cancel-in-progress"] is False
    for job in flow["jobs"].values():
        assert job["permissions"] == {"contents": "write"}
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+(/[a-z]+)?@[0-9a-f]{40}", step["uses"])
            assert "${{" not in step.get("run", ""), "expressions in scripts are pasted in unquoted"


def test_the_image() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert not re.search(r"curl|wget|--trusted-host|-index\b|ADD ", text)
    assert "--require-hashes --only-binary :all: -r requirements/run.lock" in text
    assert re.findall(r"^USER (.+)$", text, re.MULTILINE) == ["10001:10001"]
    assert "/health" in text
    assert re.search(r"^STOPSIGNAL SIGINT$", text, re.MULTILINE)


@pytest.mark.parametrize("unit", [u.name for u in units() if u.suffix == ".service"])
def test_services_of_systemd(unit: str) -> None:
    lines = set((DEPLOY / "systemd" / unit).read_text(encoding="utf-8").splitlines())
    assert lines >= {
        "User=captagon",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
        "MemoryDenyWriteExecute=yes",
    }
    assert any(line.startswith("MemoryMax=") for line in lines)


def test_no_secret_stands_in_a_file() -> None:
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"://[^/\s:@]+:[^/\s:@]+@", text), path.name
