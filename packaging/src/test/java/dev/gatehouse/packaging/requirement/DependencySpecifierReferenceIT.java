package dev.gatehouse.packaging.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.PythonReference;
import dev.gatehouse.packaging.version.Specifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds dependency specifiers and markers against the reference implementation: 12,000 generated
 * specifiers, and 12,000 markers, each in an environment.
 */
class DependencySpecifierReferenceIT {
  private static final int CASES = 12_000;

  @TempDir Path folder;

  @Test
  void readsWhatTheReferenceReads() throws Exception {
    SpecifierTexts texts = new SpecifierTexts(508);
    PythonReference reference = new PythonReference(folder);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      asked.add(texts.requirement());
      reference.ask("requirement", asked.getLast());
    }
    List<String> answers = reference.answers();
    List<String> differences = new ArrayList<>();
    int read = 0;
    for (int i = 0; i < CASES; i++) {
      String own = requirement(asked.get(i));
      read += own.equals("!") ? 0 : 1;
      if (!reference.isLegacy() && !own.equals(answers.get(i))) {
        differences.add("%s: %s, reference: %s".formatted(asked.get(i), own, answers.get(i)));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(read).isBetween(CASES / 3, CASES * 19 / 20);
  }

  @Test
  void judgesMarkersAsTheReferenceDoes() throws Exception {
    SpecifierTexts texts = new SpecifierTexts(509);
    PythonReference reference = new PythonReference(folder);
    List<String> asked = new ArrayList<>();
    List<MarkerEnvironment> places = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      MarkerEnvironment place = texts.environment();
      asked.add(texts.marker());
      places.add(place);
      reference.ask("marker", asked.getLast(), written(place));
    }
    List<String> answers = reference.answers();
    List<String> differences = new ArrayList<>();
    int held = 0;
    for (int i = 0; i < CASES; i++) {
      String own = marker(asked.get(i), places.get(i));
      held += own.equals("True") ? 1 : 0;
      if (!reference.isLegacy() && !isNested(asked.get(i)) && !own.equals(answers.get(i))) {
        differences.add(
            "%s in %s: %s, reference: %s"
                .formatted(asked.get(i), written(places.get(i)), own, answers.get(i)));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(held).isBetween(CASES / 10, CASES * 3 / 4);
  }

  /**
   * The reference normalises what an extra is compared with, but not within parentheses; PEP 685
   * knows no such difference.
   */
  private static boolean isNested(String marker) {
    return marker.contains("(")
        && marker.contains("extra")
        && (marker.contains("Test") || marker.contains("te_st"));
  }

  /** Name, extras, clauses, address and whether there is a marker, as the script answers. */
  private static String requirement(String text) {
    try {
      DependencySpecifier read = DependencySpecifier.parse(text);
      String clauses =
          read.specifiers().specifiers().stream()
              .map(Specifier::toString)
              .sorted()
              .collect(Collectors.joining(","));
      return String.join(
          "|",
          read.project().normalized(),
          String.join(",", read.extras()),
          clauses,
          read.address() == null ? "" : read.address(),
          read.marker() == null ? "" : again(read.marker()));
    } catch (MalformedException e) {
      return "!";
    }
  }

  /** What a marker is written as is the same marker. */
  private static String again(Marker marker) {
    assertThat(Marker.parse(marker.toString())).isEqualTo(marker);
    return "marker";
  }

  private static String marker(String text, MarkerEnvironment place) {
    try {
      return Marker.parse(text).evaluate(place) ? "True" : "False";
    } catch (MalformedException e) {
      return "!";
    }
  }

  /** {@code name=value} of every variable. */
  private static String written(MarkerEnvironment place) {
    Map<MarkerVariable, String> all = new EnumMap<>(MarkerVariable.class);
    for (MarkerVariable variable : MarkerVariable.values()) {
      all.put(variable, place.value(variable));
    }
    all.put(MarkerVariable.EXTRAS, sorted(place.extras()));
    all.put(MarkerVariable.DEPENDENCY_GROUPS, sorted(place.groups()));
    return all.entrySet().stream()
        .map(entry -> entry.getKey().text() + "=" + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static String sorted(Set<String> names) {
    return names.stream().sorted().collect(Collectors.joining(","));
  }
}
