"""A password is pointed at, read late, and never shown."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.config.secret import Secret
from monitor.errors import ConfigError

LEAST = """[http]
user_agent = "monitor/1.0 (ops@example.org)"
[mail]
from = "alerts@example.org"
operator = "ops@example.org"
transport = "smtp"
[mail.smtp]
host = "smtp.example.org"
username = "monitor"
"""


def secret_of(folder: Path, written: str) -> Secret:
    path = folder / "config.toml"
    path.write_text(f"{LEAST}password = {written}\n", encoding="utf-8")
    smtp = load_config(path, sources={}).mail.smtp
    assert smtp is not None
    assert smtp.password is not None
    return smtp.password


def told(folder: Path, text: str) -> str:
    """Everything that could reach a screen or a log: the error and its whole traceback."""
    (folder / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(folder / "config.toml", sources={})
    return "".join(traceback.format_exception(caught.value)) + repr(caught.value.problems)


def test_a_password_comes_from_the_environment(tmp_path: Path) -> None:
    secret = secret_of(tmp_path, '{ env = "SMTP_PASSWORD" }')
    assert secret.read({"SMTP_PASSWORD": "s3cret"}) == "s3cret"
    assert "s3cret" not in repr(secret)


def test_a_password_comes_from_a_file_beside_the_config_without_its_line_end(tmp_path: Path) -> None:
    (tmp_path / "smtp.txt").write_text(" s3cret \r\n", encoding="utf-8")
    assert secret_of(tmp_path, '{ file = "smtp.txt" }').read({}) == " s3cret "


def test_a_password_comes_from_a_command(tmp_path: Path) -> None:
    secret = secret_of(tmp_path, f"{{ command = ['{sys.executable}', '-c', 'print(\"s3cret\")'] }}")
    assert secret.read({}) == "s3cret"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('{ env = "SMTP_PASSWORD" }', "the environment variable SMTP_PASSWORD is not set"),
        ('{ file = "/nowhere/smtp.txt" }', "the file /nowhere/smtp.txt cannot be read: No such file or directory"),
        ('{ command = ["/nowhere/pass"] }', "the command /nowhere/pass cannot be run: No such file or directory"),
        ('{ command = ["false"] }', "the command false failed with exit code 1"),
        ('{ command = ["true"] }', "the command true printed nothing"),
        ('{ command = ["printf", "a\\\\nb"] }', "the password has more than one line or a control character in it"),
    ],
)
def test_a_password_that_cannot_be_read_is_reported_at_its_line_of_the_config(
    tmp_path: Path, written: str, message: str
) -> None:
    secret = secret_of(tmp_path, written)
    with pytest.raises(ConfigError) as caught:
        secret.read({})
    problem = caught.value.problems[0]
    assert (problem.path, problem.line, problem.message) == (str(tmp_path / "config.toml"), 10, message)
    assert problem.where == "mail › smtp › password"
    assert problem.help


@pytest.mark.parametrize(
    "line",
    [
        'password = "hunter2"',
        'pasword = "hunter2"',
        'password = { value = "hunter2" }',
        'password = """\nhunter2"""',
        "password = hunter2",
        'password = "hunter2',
        "auth_token = 'hunter2'",
        'port = "x"\npassword = "hunter2"',
    ],
)
def test_a_password_that_was_written_into_the_file_is_refused_and_not_repeated(tmp_path: Path, line: str) -> None:
    said = told(tmp_path, LEAST + line + "\n")
    assert "hunter2" not in said
    assert "[mail.smtp]" in said or "config.toml:1" in said


def test_a_password_on_the_line_of_another_mistake_is_not_repeated_either(tmp_path: Path) -> None:
    said = told(
        tmp_path, LEAST.partition("[mail.smtp]")[0] + 'smtp = { host = 5, username = "u", password = "hunter2" }\n'
    )
    assert "hunter2" not in said
    assert 'smtp = { host = 5, username = "u", password = ***' in said
