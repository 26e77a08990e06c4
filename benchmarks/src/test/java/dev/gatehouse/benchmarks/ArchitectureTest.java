package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the arrows between the modules, as {@code docs/architecture.md} draws them. */
class ArchitectureTest {
  private static final String ROOT = "dev.gatehouse";

  /** What each module may use of ours. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("packaging", Set.of()),
          Map.entry("findings", Set.of()),
          Map.entry("outbound", Set.of()),
          Map.entry("inbound", Set.of()),
          Map.entry("yaml", Set.of("findings")),
          Map.entry("store", Set.of("packaging")),
          Map.entry("samples", Set.of("packaging")),
          Map.entry("upstream", Set.of("packaging", "outbound")),
          Map.entry("advisories", Set.of("packaging", "outbound")),
          Map.entry("inspection", Set.of("packaging", "findings", "advisories")),
          Map.entry("comparison", Set.of("packaging", "findings", "inspection", "outbound")),
          Map.entry("provenance", Set.of("packaging", "findings", "outbound", "yaml")),
          Map.entry("pins", Set.of("packaging", "findings", "upstream", "advisories")),
          Map.entry(
              "vetting",
              Set.of(
                  "packaging",
                  "findings",
                  "outbound",
                  "store",
                  "upstream",
                  "advisories",
                  "inspection",
                  "comparison",
                  "provenance")),
          Map.entry(
              "index",
              Set.of(
                  "packaging",
                  "findings",
                  "outbound",
                  "inbound",
                  "store",
                  "upstream",
                  "advisories",
                  "inspection",
                  "provenance",
                  "pins",
                  "vetting")),
          Map.entry("gateway", Set.of("findings", "outbound", "inbound", "yaml", "store")),
          Map.entry(
              "cli",
              Set.of(
                  "packaging",
                  "findings",
                  "outbound",
                  "inbound",
                  "yaml",
                  "store",
                  "samples",
                  "upstream",
                  "advisories",
                  "inspection",
                  "comparison",
                  "provenance",
                  "pins",
                  "vetting",
                  "index",
                  "gateway")),
          Map.entry(
              "benchmarks",
              Set.of(
                  "packaging",
                  "findings",
                  "outbound",
                  "inbound",
                  "yaml",
                  "store",
                  "samples",
                  "upstream",
                  "advisories",
                  "inspection",
                  "comparison",
                  "provenance",
                  "pins",
                  "vetting",
                  "index",
                  "gateway",
                  "cli")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  static Set<String> modules() {
    return ARROWS.keySet();
  }

  private static String module(JavaClass type) {
    String name = type.getPackageName().substring(ROOT.length() + 1);
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  @Test
  void seesEveryModuleOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));
    Set<String> built =
        Pattern.compile("<module>(\\w+)</module>")
            .matcher(pom)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> seen =
        CLASSES.stream()
            .map(ArchitectureTest::module)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(built).isNotEmpty().isEqualTo(new TreeSet<>(ARROWS.keySet()));
    assertThat(seen).isEqualTo(built);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void drawsNoArrowButTheAllowedOnes(String module) {
    Set<String> used =
        CLASSES.stream()
            .filter(type -> module(type).equals(module))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass())
            .map(type -> type.isArray() ? type.getBaseComponentType() : type)
            .filter(type -> type.getPackageName().startsWith(ROOT + "."))
            .map(ArchitectureTest::module)
            .filter(other -> !other.equals(module))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(ARROWS.get(module)).containsAll(used);
  }

  /** The rest of the program must work as if the re-enactments were not there. */
  @Test
  void usesSamplesInTheDemoOnly() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(ROOT + ".cli..")
        .and()
        .resideOutsideOfPackage(ROOT + ".cli.demo")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".samples..")
        .check(CLASSES);
    assertThat(CLASSES.stream().map(JavaClass::getPackageName)).contains(ROOT + ".cli.demo");
  }

  @Test
  void hasNoCyclesBetweenPackages() {
    SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void opensConnectionsInOneModuleOnly() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".outbound..", ROOT + ".samples..", ROOT + ".benchmarks..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.net\\.(Socket|HttpURLConnection|URLConnection|http\\..*)"
                + "|org\\.eclipse\\.jetty\\.client\\..*")
        .check(CLASSES);
  }

  @Test
  void speaksToStandardStreamsInCommandsOnly() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".cli..", ROOT + ".benchmarks..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void makesThreadsInServersAndCommandsOnly() {
    List<String> makers =
        List.of("inbound", "index", "gateway", "cli", "store", "outbound", "samples", "benchmarks");
    Set<String> making =
        CLASSES.stream()
            .filter(
                type ->
                    type.getMethodCallsFromSelf().stream()
                        .anyMatch(
                            call ->
                                call.getTargetOwner().getName().equals("java.lang.Thread")
                                    && Set.of("ofVirtual", "ofPlatform", "startVirtualThread")
                                        .contains(call.getName())))
            .map(ArchitectureTest::module)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(makers).containsAll(making);
    assertThat(making).isNotEmpty();
  }
}
