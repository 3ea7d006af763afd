"""What `deploy/` schedules runs: the very commands, and systemd has nothing to say against the units."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lab.samples import html_page, sentences
from tests.conftest import PROJECT, environment, read_folder

CONFINED = ("unshare", "--map-root-user", "--mount", "--net")
UNITS = ("winnow.service", "winnow.timer", "winnow-sites.service")
JOINED = "winnow.service.d/sites.conf"  # has the nightly run fetch live sites first
NIGHTLY = (PROJECT / "docs/nightly.md").read_text(encoding="utf-8")
CRONTAB = re.findall(r"^(?:[\d*]+ ){5}(cd [^%\n]*)$", (PROJECT / "deploy/crontab").read_text(encoding="utf-8"), re.M)


def here(text: str, folder: Path) -> str:
    """Put the paths of this machine where those of the documents are."""
    text = re.sub(r"(/opt/winnow/)?\.venv/bin", lambda _: str(Path(sys.executable).parent), text)
    text = text.replace("/opt/winnow", str(PROJECT))
    return text.replace("/srv/pages", str(folder / "pages")).replace("/var/lib/winnow", str(folder / "state"))


def can_confine() -> bool:
    """Return whether this user may make name spaces with mounts of their own."""
    with contextlib.suppress(OSError):
        tried = subprocess.run([*CONFINED, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True)
        return tried.returncode == 0
    return False


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "state").mkdir()
    (tmp_path / "pages/a.html").write_text(html_page("Alpha", sentences(1)))
    return tmp_path


def shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd="/", env=environment())


def titles(place: Path) -> list[str]:
    db = sqlite3.connect(place / "state/articles.db")
    found = [title for (title,) in db.execute("SELECT title FROM articles")]
    db.close()
    return found


def test_the_service_runs_its_command(place: Path) -> None:
    unit = here((PROJECT / "deploy/winnow.service").read_text(encoding="utf-8"), place)
    settings = dict(re.findall(r"^(WorkingDirectory|ExecStart)=(.*)$", unit, re.M))
    done = shell(f"cd {settings['WorkingDirectory']} && {settings['ExecStart']}")
    assert (done.returncode, done.stderr) == (0, "")
    assert titles(place) == ["Alpha"]


def test_the_service_reads_what_live_sites_gave_where_both_are_joined(place: Path) -> None:
    (place / "fetched").mkdir()
    (place / "fetched/b.html").write_text(html_page("Beta", sentences(2)))
    text = (PROJECT / "deploy" / JOINED).read_text(encoding="utf-8")
    text = here(text.replace("/var/lib/winnow-sites/pages", str(place / "fetched")), place)
    empty, command = re.findall(r"^ExecStart=(.*)$", text, re.M)
    done = shell(f"cd {PROJECT} && {command}")
    assert (empty, done.returncode, done.stderr) == ("", 0, "")
    assert titles(place) == ["Alpha", "Beta"]


def test_only_the_first_step_has_the_network() -> None:
    first, second = ((PROJECT / f"deploy/{name}.service").read_text("utf-8") for name in ("winnow-sites", "winnow"))
    joined = (PROJECT / "deploy" / JOINED).read_text("utf-8")
    assert "PrivateNetwork=yes" in second
    assert "Network" not in joined
    assert re.findall("^(?:InaccessiblePaths|StateDirectory)=(.*)$", first, re.M) == [
        "winnow-sites", "-/srv/pages -/var/lib/winnow"
    ]  # fmt: skip
    shared = {
        line
        for line in second.splitlines()
        if re.match("Protect(?!Home)|Restrict(?!Address)|Lock|System|Cap|NoNew", line)
    }
    assert shared <= set(first.splitlines())


@pytest.mark.skipif(
    not can_confine(), reason="no name spaces here: the service is not run with its view of the machine"
)
def test_the_service_needs_no_more_than_the_unit_grants(place: Path) -> None:
    """Run the command as the unit does: the machine read-only but for one folder and its own /tmp, no network."""
    unit = here((PROJECT / "deploy/winnow.service").read_text(encoding="utf-8"), place)
    command = re.findall(r"^ExecStart=(.*)$", unit, re.M)[0]
    state, pages = place / "state", place / "pages"
    view = f"mount --bind {state} {state} && mount --bind {pages} {pages} && mount -t tmpfs tmpfs /mnt"
    view += f" && mount -o remount,bind,ro {pages} && mount -o remount,bind,ro / && cd {PROJECT} && export TMPDIR=/mnt"
    refused = f"if touch {pages}/new {PROJECT}/new; then exit 9; fi 2>/dev/null"
    for articles in (1, 1):
        done = subprocess.run(
            [*CONFINED, "sh", "-c", f"{view}; {refused}; {command}"], capture_output=True, text=True, env=environment()
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert len(titles(place)) == articles
    assert "1 unchanged" in done.stdout


@pytest.mark.skipif(shutil.which("systemctl") is None, reason="no systemd here: the timer is not put in place")
def test_the_lines_of_the_document_put_the_timer_in_place(tmp_path: Path) -> None:
    """Run them on a root of its own: nothing is started there."""
    copy, enable = (re.search(rf"^    ({words}.*)$", NIGHTLY, re.M) for words in ("cp deploy", "systemctl enable"))
    assert copy
    assert enable
    (tmp_path / "etc/systemd/system").mkdir(parents=True)
    there = enable[1].replace("systemctl enable --now", f"systemctl --root={tmp_path} enable")
    done = shell(f"cd {PROJECT} && {copy[1].replace('/etc', f'{tmp_path}/etc')} && {there}")
    assert done.returncode == 0, done.stderr
    linked = tmp_path / "etc/systemd/system/timers.target.wants/winnow.timer"
    assert str(linked.readlink()) == "/etc/systemd/system/winnow.timer"


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("useradd") is None, reason="needs useradd and root: the user is not made"
)
def test_the_line_of_the_document_makes_the_user_that_the_service_runs_as(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    for name in ("passwd", "group", "shadow", "gshadow"):
        (tmp_path / "etc" / name).touch()
    line = re.search(r"^    useradd (.*)$", NIGHTLY, re.M)
    assert line
    done = shell(f"useradd --prefix {tmp_path} {line[1]}")
    assert done.returncode == 0, done.stderr
    user = (tmp_path / "etc/passwd").read_text().partition(":")[0]
    assert f"User={user}\n" in (PROJECT / "deploy/winnow.service").read_text(encoding="utf-8")


def test_cron_is_silent_while_all_is_well_and_mails_what_is_wrong(place: Path) -> None:
    run, health = (here(line, place) for line in CRONTAB)
    assert "does not exist" in shell(health).stderr
    done = shell(run)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (shell(health).stdout, shell(health).stderr) == ("", "")
    shutil.rmtree(place / "pages")
    assert "winnow: " in shell(run).stdout


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here: the units are not verified")
def test_systemd_accepts_the_units(place: Path) -> None:
    for name in UNITS:
        text = here((PROJECT / "deploy" / name).read_text(encoding="utf-8"), place)
        text = re.sub("^(User|Group)=winnow.*", r"\1=daemon", text, flags=re.M)
        (place / name).write_text(text, encoding="utf-8")
    (place / JOINED).parent.mkdir()
    (place / JOINED).write_text(here((PROJECT / "deploy" / JOINED).read_text("utf-8"), place), encoding="utf-8")
    units = [str(place / name) for name in UNITS]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_backup_made_while_a_run_writes_is_whole_and_serves_on_another_machine(place: Path) -> None:
    database = place / "state/articles.db"
    read_folder(place / "pages", database)
    (command,) = re.findall(r"^\$ (sqlite-utils articles\.db \"vacuum into .*)$", NIGHTLY, re.M)
    with contextlib.closing(sqlite3.connect(database)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE articles SET title = 'half done'")
        done = shell(f"cd {place / 'state'} && {Path(sys.executable).parent}/{command}")
        writer.rollback()
    assert (done.returncode, done.stderr) == (0, "")
    (place / "moved").mkdir()
    (place / "state/backup.db").rename(place / "moved/articles.db")
    (place / "pages").rename(place / "moved/pages")
    (place / "moved/pages/b.html").write_text(html_page("Beta", sentences(2)))
    after = read_folder(place / "moved/pages", place / "moved/articles.db")
    assert after.rows("SELECT title FROM articles ORDER BY id") == [{"title": "Alpha"}, {"title": "Beta"}]
    assert after.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
