"""Runs real clients, by the modules of checks that are named; standard input says where, see harness.Setting."""

import importlib
import sys

import harness

if __name__ == "__main__":
    for module in sys.argv[1:]:
        importlib.import_module(module)
    sys.exit(1 if harness.run(harness.Setting(sys.stdin.read())) else 0)
