package dev.gatehouse.samples.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.incident.Reenactment;
import dev.gatehouse.samples.incident.Reenactments;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class MutantsTest {
  private static final Reenactment LITELLM =
      Reenactments.all().stream()
          .filter(incident -> incident.incident().equals("litellm 1.82.7"))
          .findFirst()
          .orElseThrow();

  private static List<Mutant> mutants(long seed, int count) {
    return Mutants.of(LITELLM.files(), List.copyOf(LITELLM.carriers().keySet()), seed, count)
        .toList();
  }

  @Test
  void areTheSameForTheSameSeedAndOthersForAnother() {
    assertThat(names(mutants(1, 50))).isEqualTo(names(mutants(1, 50)));
    assertThat(names(mutants(1, 50))).isNotEqualTo(names(mutants(2, 50)));
  }

  private static List<List<String>> names(List<Mutant> mutants) {
    return mutants.stream().map(Mutant::transformations).toList();
  }

  @Test
  void areAllDifferentFromTheOriginalAndFromEachOther() {
    Set<Integer> seen = new HashSet<>();
    for (Mutant mutant : mutants(1, 200)) {
      int hash = 0;
      for (Map.Entry<String, byte[]> file : mutant.files().entrySet()) {
        hash = 31 * hash + file.getKey().hashCode() + new String(file.getValue(), UTF_8).hashCode();
      }
      assertThat(seen.add(hash)).isTrue();
      assertThat(mutant.transformations()).isNotEmpty();
    }
  }

  @Test
  void everyTransformationIsApplied() {
    Set<String> applied = new HashSet<>();
    for (Reenactment incident : Reenactments.all()) {
      Mutants.of(incident.files(), List.copyOf(incident.carriers().keySet()), 1, 200)
          .forEach(mutant -> applied.addAll(mutant.transformations()));
    }

    assertThat(applied)
        .containsExactlyInAnyOrderElementsOf(
            Transformations.all().stream().map(Transformation::name).toList());
  }

  @Test
  void rewritesStringsAndLeavesCommentsAlone() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    Map<String, byte[]> files =
        Map.of("a.py", "# \"a comment\"\nx = \"some text here\"\n".getBytes(UTF_8));

    Transformation reversed =
        Transformations.all().stream()
            .filter(transformation -> transformation.name().equals("string-reversed"))
            .findFirst()
            .orElseThrow();
    String made =
        new String(reversed.apply(files, "a.py", random).orElseThrow().get("a.py"), UTF_8);

    assertThat(made).startsWith("# \"a comment\"\nx = ");
    assertThat(made).contains("'ereh txet emos'[::-1]");
  }
}
