package dev.gatehouse.samples.incident;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An ordinary client library: the haystack. It does what such libraries do (requests, a cache,
 * basic authentication, the version from git), so that nothing is found by its mere absence.
 */
final class BenignPackage {
  private static final String CONFIG =
      """
      \"""Settings, from a file and from the environment.\"""

      import json
      import os
      from dataclasses import dataclass, field
      from pathlib import Path

      DEFAULT_URL = "https://api.example.invalid/v2"


      @dataclass(frozen=True)
      class Settings:
          url: str = DEFAULT_URL
          token: str = field(default="", repr=False)
          timeout: float = 30.0
          retries: int = 3

          @classmethod
          def load(cls, path=None):
              values = {}
              if path and Path(path).is_file():
                  values = json.loads(Path(path).read_text(encoding="utf-8"))
              for name in ("url", "token"):
                  value = os.environ.get("CLIENT_" + name.upper())
                  if value:
                      values[name] = value
              return cls(**values)
      """;

  private static final String CLIENT =
      """
      \"""The client itself.\"""

      import base64
      import json
      import logging
      import urllib.request

      from .config import Settings
      from .retry import retrying

      log = logging.getLogger(__name__)


      class Client:
          \"""Asks the service; one instance may be shared by threads.\"""

          def __init__(self, settings=None):
              self._settings = settings or Settings.load()

          def get(self, path, **query):
              return self._send("GET", path, query=query)

          def post(self, path, body):
              return self._send("POST", path, body=body)

          def _headers(self):
              pair = "api:" + self._settings.token
              encoded = base64.b64encode(pair.encode("utf-8")).decode("ascii")
              return {"Authorization": "Basic " + encoded, "Accept": "application/json"}

          @retrying(attempts=3)
          def _send(self, method, path, query=None, body=None):
              url = self._settings.url + "/" + path.lstrip("/")
              if query:
                  url += "?" + "&".join(f"{key}={value}" for key, value in query.items())
              data = None if body is None else json.dumps(body).encode("utf-8")
              request = urllib.request.Request(
                  url, data=data, headers=self._headers(), method=method)
              log.debug("%s %s", method, url)
              with urllib.request.urlopen(request, timeout=self._settings.timeout) as answer:
                  return json.load(answer)
      """;

  private static final String RETRY =
      """
      \"""Trying again, with growing pauses.\"""

      import functools
      import random
      import time


      def retrying(attempts, first_pause=0.5):
          def decorate(function):
              @functools.wraps(function)
              def wrapper(*args, **kwargs):
                  pause = first_pause
                  for attempt in range(1, attempts + 1):
                      try:
                          return function(*args, **kwargs)
                      except OSError:
                          if attempt == attempts:
                              raise
                          time.sleep(pause * (1 + random.random()))
                          pause *= 2
              return wrapper
          return decorate
      """;

  private static final String CACHE =
      """
      \"""Answers kept on disk.\"""

      import hashlib
      import os
      import pickle
      import tempfile
      from pathlib import Path


      class Cache:
          def __init__(self, folder=None):
              self._folder = Path(folder or Path.home() / ".cache" / "client")

          def _path(self, key):
              return self._folder / hashlib.sha256(key.encode("utf-8")).hexdigest()

          def get(self, key, default=None):
              try:
                  with self._path(key).open("rb") as stored:
                      return pickle.load(stored)
              except FileNotFoundError:
                  return default

          def put(self, key, value):
              self._folder.mkdir(parents=True, exist_ok=True)
              handle, name = tempfile.mkstemp(dir=self._folder)
              with os.fdopen(handle, "wb") as stored:
                  pickle.dump(value, stored)
              os.replace(name, self._path(key))
      """;

  private static final String CLI =
      """
      \"""The command line.\"""

      import argparse
      import json
      import subprocess
      import sys

      from .client import Client


      def revision():
          \"""The commit of a checkout, or None.\"""
          try:
              done = subprocess.run(
                  ["git", "rev-parse", "--short", "HEAD"],
                  capture_output=True, text=True, check=True)
              return done.stdout.strip()
          except (OSError, subprocess.CalledProcessError):
              return None


      def main(arguments=None):
          parser = argparse.ArgumentParser(description=__doc__)
          parser.add_argument("path")
          parser.add_argument("--revision", action="store_true")
          options = parser.parse_args(arguments)
          if options.revision:
              print(revision() or "unknown")
              return 0
          json.dump(Client().get(options.path), sys.stdout, indent=2)
          return 0


      if __name__ == "__main__":
          sys.exit(main())
      """;

  private BenignPackage() {}

  /** The package's own first module, which other packages import. */
  static String init(String version) {
    return """
    \"""A client of the service.\"""

    from .client import Client
    from .config import Settings

    __version__ = "%s"
    __all__ = ["Client", "Settings"]
    """
        .formatted(version);
  }

  /** Path in the wheel and text of each module. */
  static Map<String, String> files(String folder, String version) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(folder + "/__init__.py", init(version));
    files.put(folder + "/cache.py", CACHE);
    files.put(folder + "/cli.py", CLI);
    files.put(folder + "/client.py", CLIENT);
    files.put(folder + "/config.py", CONFIG);
    files.put(folder + "/py.typed", "");
    files.put(folder + "/retry.py", RETRY);
    return files;
  }
}
