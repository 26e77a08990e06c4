package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code site} of some Python runs in {@code .pth} and {@code .start} files, and what not. */
final class PthEvasions {
  private static final String BOM = "\ufeff";

  private PthEvasions() {}

  static List<Evasion> lines() {
    List<Evasion> all = new ArrayList<>();
    all.add(pth("import and a space", Evasion.PAYLOAD));
    all.add(pth("import and a tab", "import\tos; os.system(\"true\")\n"));
    all.add(pth("byte order mark before import", BOM + Evasion.PAYLOAD));
    separators().forEach((name, text) -> all.add(pth("comment, " + name, hidden(text))));
    all.add(
        Evasion.of(
            "comment, NEL as the one byte of Latin-1",
            "acme.pth",
            hidden("\u0085").getBytes(ISO_8859_1)));
    all.add(pth("space before import", " " + Evasion.PAYLOAD));
    all.add(pth("carriage return alone as line end", "# note\r" + Evasion.PAYLOAD.strip() + "\r"));
    all.add(pth("after a line that raises", "import no_such_module\n" + Evasion.PAYLOAD));
    all.add(pth("before a line that raises", Evasion.PAYLOAD + "import no_such_module\n"));
    all.add(pth("the last of many path lines", "lib/a\n".repeat(500) + Evasion.PAYLOAD));
    return all;
  }

  static List<Evasion> places() {
    return List.of(
        Evasion.of("hidden name", ".hidden.pth", Evasion.PAYLOAD),
        Evasion.of("purelib", Evasion.DATA + "purelib/acme.pth", Evasion.PAYLOAD),
        Evasion.of("platlib", Evasion.DATA + "platlib/acme.pth", Evasion.PAYLOAD),
        Evasion.of(
            "site-packages below data",
            Evasion.DATA + "data/lib/python3.13/site-packages/acme.pth",
            Evasion.PAYLOAD),
        Evasion.of(
            "site-packages below data, on Windows",
            Evasion.DATA + "data/Lib/site-packages/acme.pth",
            Evasion.PAYLOAD),
        Evasion.of(
            "path line to a folder that has a sitecustomize",
            "acme/extra/sitecustomize.py",
            Evasion.PAYLOAD,
            Map.of("acme.pth", "acme/extra\n")));
  }

  /** PEP 829, from Python 3.15. */
  static List<Evasion> starts() {
    return List.of(
        Evasion.of(
            "start file",
            "acme.start",
            "acme.startup:run\n",
            Map.of("acme/startup.py", "import os\n\n\ndef run():\n    os.system(\"true\")\n")),
        Evasion.of(
            "start file with a byte order mark",
            "acme.start",
            BOM + "acme.startup:run\n",
            Map.of("acme/startup.py", "import os\n\n\ndef run():\n    os.system(\"true\")\n")),
        Evasion.of("start file that names the standard library", "acme.start", "os:getcwd\n"),
        Evasion.of(
            "empty start file that switches off another's import lines",
            "distutils-precedence.start",
            ""));
  }

  /** Names and lines that are known as legitimate, with other contents. */
  static List<Evasion> disguises() {
    String known =
        "import os; var = 'SETUPTOOLS_USE_DISTUTILS';"
            + " enabled = os.environ.get(var, 'local') == 'local'; ";
    String end = "enabled and __import__('_distutils_hack').add_shim(); ";
    return List.of(
        Evasion.of("trusted file name", "distutils-precedence.pth", Evasion.PAYLOAD),
        Evasion.of(
            "known beginning and end",
            "distutils-precedence.pth",
            known + "os.system(\"true\"); " + end),
        Evasion.of(
            "known line with another module in it",
            "distutils-precedence.pth",
            known + "enabled and __import__('acme_hack').add_shim(); ",
            Map.of("acme_hack.py", "import os\n\n\ndef add_shim():\n    os.system(\"true\")\n")),
        Evasion.of(
            "known line whose module is brought along",
            "_virtualenv.py",
            Evasion.PAYLOAD,
            Map.of("_virtualenv.pth", "import _virtualenv")),
        Evasion.of("known line whose module the wheel lacks", "acme.pth", "import cmeel_pth\n"),
        Evasion.of(
            "namespace file with one more line", "acme-nspkg.pth", "acme/ns\n" + Evasion.PAYLOAD),
        Evasion.of("easy-install.pth", "easy-install.pth", "./acme.egg\n" + Evasion.PAYLOAD),
        Evasion.of(
            "line of an editable install with more behind",
            "__editable__.acme-1.0.pth",
            "import __editable___acme_1_0_finder; __editable___acme_1_0_finder.install();"
                + " import os; os.system(\"true\")\n",
            Map.of("__editable___acme_1_0_finder.py", "def install():\n    pass\n")),
        Evasion.of(
            "finder of an editable install",
            "__editable___acme_1_0_finder.py",
            "import os\n\n\ndef install():\n    os.system(\"true\")\n",
            Map.of(
                "__editable__.acme-1.0.pth",
                "import __editable___acme_1_0_finder; __editable___acme_1_0_finder.install()\n")),
        Evasion.of("egg-link", "acme.egg-link", "/tmp/acme-src\n."));
  }

  /** Near misses: no Python runs them. */
  static List<Evasion> inert() {
    return List.of(
        pth("import and a vertical tab", "import\u000bos; os.system(\"true\")\n"),
        pth("import and a parenthesis", "import(os)\n"),
        pth("from before import", "from os import getcwd\n"),
        Evasion.of("suffix in capitals", "acme.PTH", Evasion.PAYLOAD),
        Evasion.of("another suffix behind", "acme.pth.txt", Evasion.PAYLOAD),
        Evasion.of("deep inside a package", "acme/weights/model.pth", Evasion.PAYLOAD),
        Evasion.of(
            "path line to a folder that has a .pth",
            "acme/extra/more.pth",
            Evasion.PAYLOAD,
            Map.of("acme.pth", "acme/extra\n")));
  }

  private static Evasion pth(String name, String text) {
    return Evasion.of(name, "acme.pth", text);
  }

  private static String hidden(String separator) {
    return "# note" + separator + Evasion.PAYLOAD;
  }

  /** What {@code str.splitlines} takes for the end of a line, and reading a file does not. */
  private static Map<String, String> separators() {
    Map<String, String> separators = new LinkedHashMap<>();
    separators.put("VT", "\u000b");
    separators.put("FF", "\f");
    separators.put("FS", "\u001c");
    separators.put("GS", "\u001d");
    separators.put("RS", "\u001e");
    separators.put("NEL", "\u0085");
    separators.put("U+2028", "\u2028");
    separators.put("U+2029", "\u2029");
    return separators;
  }
}
