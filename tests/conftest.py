"""What pytest needs to know before it collects: how hard Hypothesis tries, interrupts, and the two parsers of YAML."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

from feedlint.source import events

_SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "default", max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=_SUPPRESSED
)
settings.register_profile("thorough", max_examples=2_000, deadline=None, suppress_health_check=_SUPPRESSED)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# What a test finds, no other test, and no run of ours, is to know.
os.environ["FEEDLINT_NO_CACHE"] = "1"

# They are ignored in a job in the background, or that outlives its terminal: some tests are ended by them.
for name, handler in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, handler)


@pytest.fixture(params=["libyaml", "pure"])
def yaml_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The parser of YAML that the test is run on: each of the two that there are."""
    readers = {"libyaml": events.c_events, "pure": events.pure_events}
    monkeypatch.setattr(events, "reader", readers[request.param])
    return str(request.param)
