"""Runs the real SDKs of OpenAI and Anthropic; standard input says where, see harness.Setting."""

import sys

import harness
import openai_checks  # noqa: F401
import anthropic_checks  # noqa: F401
import matrix_checks  # noqa: F401

if __name__ == "__main__":
    sys.exit(1 if harness.run(harness.Setting(sys.stdin.read())) else 0)
