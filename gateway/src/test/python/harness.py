"""Named checks, each told in one line of JSON, so that a test in another language can read them."""

import asyncio
import inspect
import json
import traceback
import urllib.request

CHECKS = []


class Setting:
    """Where things are: what the test that starts this script says, as JSON."""

    def __init__(self, text):
        said = json.loads(text)
        self.gateway = said["gateway"]  # whether a gateway stands in between
        self.openai = said["openai"]  # base, key, model
        self.azure = said["azure"]
        self.anthropic = said["anthropic"]
        self.fakes = said["fakes"]  # origins of the fake providers
        self.matrix = said["matrix"]  # a provider's name -> the model to ask for
        self.keys = said.get("keys", {})  # further virtual keys, by what is wrong with them

    def requests(self, fake):
        """What a fake provider was asked since the last time."""
        call = urllib.request.Request(self.fakes[fake] + "/_/requests", method="DELETE")
        with urllib.request.urlopen(call, timeout=15) as answer:
            return json.load(answer)

    def last(self, fake):
        """The body of what it was asked last."""
        return json.loads(self.requests(fake)[-1]["body"])


def check(name, only=None):
    """Marks a check. It fails by raising; only: "gateway" or "direct"."""

    def mark(function):
        CHECKS.append((name, only, function))
        return function

    return mark


def raises(kind, function, **expected):
    """What a call raises: exactly this class, with these attributes."""
    try:
        got = function()
    except Exception as error:
        assert type(error) is kind, f"wanted {kind.__name__}, got {type(error).__name__}: {error}"
        for name, value in expected.items():
            assert getattr(error, name) == value, f"{name}: {getattr(error, name)!r}"
        return error
    raise AssertionError(f"wanted {kind.__name__}, got an answer: {got!r}")


def same(got, wanted):
    assert got == wanted, f"wanted {wanted!r}, got {got!r}"


def contains(got, part):
    assert part in got, f"wanted {part!r} in {got!r}"


def run(setting):
    """Runs all checks; returns how many failed."""
    failed = 0
    for name, only, function in CHECKS:
        here = "gateway" if setting.gateway else "direct"
        if only not in (None, here):
            continue
        line = {"check": name, "result": "passed"}
        try:
            result = function(setting)
            if inspect.iscoroutine(result):
                asyncio.run(result)
        except Exception as error:
            failed += 1
            where = traceback.extract_tb(error.__traceback__)
            own = [f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in where if "_checks" in f.filename]
            line.update(result="failed", message=f"{type(error).__name__}: {error} ({own[-1] if own else ''})"[:2000])
        print(json.dumps(line), flush=True)
    return failed
