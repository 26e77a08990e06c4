package dev.gatehouse.samples.mutation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/** Makes any number of different mutants of a package; the same ones for the same seed. */
public final class Mutants {
  /** So often each transformation is applied alone, before they are mixed. */
  private static final int ALONE = 10;

  private static final int MOST_TOGETHER = 4;
  private static final int MOST_TRIES = 40;

  private Mutants() {}

  /**
   * Makes mutants by the {@linkplain Transformations first family}, one by one as they are asked
   * for.
   *
   * @param files of the package, by their paths in the wheel
   * @param carriers the paths of those that carry the payload
   * @param count how many; fewer where there are not as many different ones
   */
  public static Stream<Mutant> of(
      Map<String, byte[]> files, List<String> carriers, long seed, int count) {
    return of(files, carriers, Transformations.all(), seed, count);
  }

  /**
   * Makes mutants by the transformations given: of one family, or of several together.
   *
   * @param files of the package, by their paths in the wheel
   * @param carriers the paths of those that carry the payload
   * @param all what is applied; for the same seed and the same list come the same mutants
   * @param count how many; fewer where there are not as many different ones
   */
  public static Stream<Mutant> of(
      Map<String, byte[]> files,
      List<String> carriers,
      List<Transformation> all,
      long seed,
      int count) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<String> sources =
        carriers.stream()
            .filter(path -> path.endsWith(".py") || path.endsWith(".pth"))
            // An empty file carries nothing: to rewrite it leaves the payload as it was.
            .filter(path -> !isBlank(files.getOrDefault(path, new byte[0])))
            .toList();
    Set<Integer> seen = new HashSet<>();
    return Stream.iterate(0, number -> number + 1)
        .limit(count)
        .map(number -> next(files, sources, random, seen, all, number))
        .flatMap(Optional::stream);
  }

  private static Optional<Mutant> next(
      Map<String, byte[]> files,
      List<String> sources,
      RandomGenerator random,
      Set<Integer> seen,
      List<Transformation> all,
      int number) {
    for (int i = 0; i < MOST_TRIES; i++) {
      boolean alone = number < ALONE * all.size();
      int together = alone && i < 3 ? 1 : 1 + random.nextInt(MOST_TOGETHER);
      List<Transformation> chosen = new ArrayList<>();
      for (int j = 0; j < together; j++) {
        chosen.add(
            alone && j == 0 && i < 3
                ? all.get(number % all.size())
                : all.get(random.nextInt(all.size())));
      }
      Optional<Mutant> mutant = apply(files, sources, random, chosen);
      if (mutant.isPresent() && seen.add(fingerprint(mutant.get()))) {
        return mutant;
      }
    }
    return Optional.empty();
  }

  private static Optional<Mutant> apply(
      Map<String, byte[]> files,
      List<String> sources,
      RandomGenerator random,
      List<Transformation> chosen) {
    String path = sources.get(random.nextInt(sources.size()));
    Map<String, byte[]> now = files;
    List<String> names = new ArrayList<>();
    for (Transformation transformation : chosen) {
      Optional<Map<String, byte[]>> then = transformation.apply(now, path, random);
      if (then.isPresent()) {
        now = then.get();
        names.add(transformation.name());
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(new Mutant(names, now));
  }

  private static boolean isBlank(byte[] content) {
    return new String(content, StandardCharsets.UTF_8).isBlank();
  }

  private static int fingerprint(Mutant mutant) {
    int hash = 0;
    for (Map.Entry<String, byte[]> file : mutant.files().entrySet()) {
      hash = 31 * hash + file.getKey().hashCode();
      hash = 31 * hash + new String(file.getValue(), StandardCharsets.ISO_8859_1).hashCode();
    }
    return hash;
  }
}
