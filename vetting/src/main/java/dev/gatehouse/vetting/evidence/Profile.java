package dev.gatehouse.vetting.evidence;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.TargetReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an artifact does by itself, without the version's own noise: what two versions of a project
 * are compared by.
 *
 * @param startup the files that Python runs when it starts
 * @param natives native libraries and programs, their names without what tells version and platform
 * @param entryPoints what tools load by themselves, a clause each
 * @param python all files of Python
 * @param network those of them that talk to other machines
 * @param spawning those of them that start programs
 */
record Profile(
    Set<String> startup,
    Set<String> natives,
    Set<String> entryPoints,
    Set<String> python,
    Set<String> network,
    Set<String> spawning) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ENTRY_POINT = "startup-entry-point";

  /** A compiled module beside its source: it runs when it is imported, and is a native binary. */
  private static final String NATIVE_SHADOW = "startup-native-shadow";

  /** What build tools add: a hash of the content (auditwheel's, mypyc's), and versions. */
  private static final Pattern NOISE =
      Pattern.compile("-[0-9a-f]{8}\\b|\\b[0-9a-f]{20}(?=__mypyc)|[0-9]+(\\.[0-9]+)*");

  /** Takes copies. */
  Profile {
    startup = Set.copyOf(startup);
    natives = Set.copyOf(natives);
    entryPoints = Set.copyOf(entryPoints);
    python = Set.copyOf(python);
    network = Set.copyOf(network);
    spawning = Set.copyOf(spawning);
  }

  /** Of a report. */
  static Profile of(TargetReport report) {
    Set<String> startup = new LinkedHashSet<>();
    Set<String> entryPoints = new LinkedHashSet<>();
    for (Finding finding : report.findings()) {
      String rule = finding.rule().name();
      if (rule.equals(ENTRY_POINT)) {
        entryPoints.add(finding.message());
      } else if (rule.startsWith("startup-")
          && !rule.equals(NATIVE_SHADOW)
          && finding.path() != null) {
        startup.add(withoutNoise(finding.path()));
      }
    }
    return new Profile(
        startup,
        paths(report, "native-files", Profile::nativeName),
        entryPoints,
        paths(report, "python-files", Profile::withoutNoise),
        paths(report, "network-files", Profile::withoutNoise),
        paths(report, "spawning-files", Profile::withoutNoise));
  }

  private static Set<String> paths(
      TargetReport report, String detail, UnaryOperator<String> withoutVersion) {
    Set<String> paths = new LinkedHashSet<>();
    if (report.details().get(detail) instanceof Collection<?> all) {
      all.forEach(path -> paths.add(withoutVersion.apply(String.valueOf(path))));
    }
    return paths;
  }

  /** {@code a/_b.cpython-313-x86_64-linux-gnu.so} and {@code a/_b.abi3.so} are both a/_b. */
  private static String nativeName(String path) {
    int name = path.lastIndexOf('/') + 1;
    int dot = path.indexOf('.', name);
    return withoutNoise(dot > name ? path.substring(0, dot) : path);
  }

  private static String withoutNoise(String path) {
    return NOISE.matcher(path).replaceAll("");
  }

  /** What it does that the one before did not, a clause each, in a stable order. */
  List<String> driftFrom(Profile before) {
    List<String> drift = new ArrayList<>();
    added(startup, before.startup())
        .forEach(path -> drift.add("Python obeys its " + path + " when it starts"));
    added(entryPoints, before.entryPoints()).forEach(drift::add);
    added(natives, before.natives()).forEach(name -> drift.add("it has the native binary " + name));
    added(network, before.network()).stream()
        .filter(before.python()::contains)
        .forEach(path -> drift.add("its " + path + " talks to other machines"));
    added(spawning, before.spawning()).stream()
        .filter(before.python()::contains)
        .forEach(path -> drift.add("its " + path + " starts programs"));
    return drift;
  }

  private static Collection<String> added(Set<String> now, Set<String> before) {
    Set<String> added = new TreeSet<>(now);
    added.removeAll(before);
    return added;
  }

  /** As it is stored. */
  String json() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("startup", new TreeSet<>(startup));
    members.put("natives", new TreeSet<>(natives));
    members.put("entry-points", new TreeSet<>(entryPoints));
    members.put("python", new TreeSet<>(python));
    members.put("network", new TreeSet<>(network));
    members.put("spawning", new TreeSet<>(spawning));
    return JSON.writeValueAsString(members);
  }

  /** What was stored. */
  static Profile parse(String json) {
    JsonNode node = JSON.readTree(json);
    return new Profile(
        texts(node.path("startup")),
        texts(node.path("natives")),
        texts(node.path("entry-points")),
        texts(node.path("python")),
        texts(node.path("network")),
        texts(node.path("spawning")));
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new LinkedHashSet<>();
    list.forEach(text -> texts.add(text.asString("")));
    return texts;
  }
}
