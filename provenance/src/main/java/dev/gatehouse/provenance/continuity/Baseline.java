package dev.gatehouse.provenance.continuity;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.identity.Publisher;
import dev.gatehouse.provenance.identity.RefKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who publishes what, as a team wrote it down: a text of one line for each publisher, so that a
 * change of it is one line of a review.
 *
 * <pre>litellm 1.82.6 github:BerriAI/litellm/.github/workflows/release.yml owner-id=1 …</pre>
 */
public record Baseline(Map<ProjectName, Entry> entries) {
  /** Ten thousand projects take some 2 MB. */
  public static final int LARGEST = 4 * 1024 * 1024;

  private static final String HEAD =
      """
      # Who publishes what we use, as of the version beside it. Written by:
      #   gatehouse verify --history PROJECT... --write-baseline FILE
      # A changed line is a changed publisher: find out why before you merge it.
      """;

  private static final Set<String> KEYS =
      Set.of("owner-id", "repository-id", "ref", "runner", "trigger");

  /**
   * Of one project.
   *
   * @param version up to which nothing is asked
   * @param publishers at least one
   */
  public record Entry(ProjectName project, Version version, List<KnownPublisher> publishers) {
    /** Takes a copy. */
    public Entry {
      publishers = List.copyOf(publishers);
      if (publishers.isEmpty()) {
        throw new IllegalArgumentException("somebody publishes a project");
      }
    }
  }

  /** Takes a copy, in the order of the names. */
  public Baseline {
    entries = Map.copyOf(entries);
  }

  /** Of these projects. */
  public static Baseline of(List<Entry> entries) {
    Map<ProjectName, Entry> map = new HashMap<>();
    entries.forEach(entry -> map.put(entry.project(), entry));
    return new Baseline(map);
  }

  /** What is written down of a project. */
  public Optional<Entry> find(ProjectName project) {
    return Optional.ofNullable(entries.get(project));
  }

  /** The same with these projects added, or in the place of what was written down of them. */
  public Baseline with(List<Entry> changed) {
    List<Entry> all = new ArrayList<>(entries.values());
    all.addAll(changed);
    return of(all);
  }

  /** The text, in the order of the names: the same for the same publishers. */
  public String text() {
    StringBuilder text = new StringBuilder(HEAD);
    new TreeMap<>(entries)
        .values()
        .forEach(
            entry ->
                entry.publishers().stream()
                    .map(publisher -> line(entry, publisher))
                    .sorted()
                    .forEach(text::append));
    return text.toString();
  }

  private static String line(Entry entry, KnownPublisher publisher) {
    StringBuilder line =
        new StringBuilder(
            "%s %s %s"
                .formatted(
                    entry.project().normalized(),
                    entry.version(),
                    escaped(publisher.publisher().text())));
    append(line, "owner-id", publisher.ownerId());
    append(line, "repository-id", publisher.repositoryId());
    append(line, "ref", publisher.ref() == RefKind.NONE ? null : publisher.ref().text());
    append(line, "runner", publisher.runner());
    append(line, "trigger", publisher.trigger());
    return line.append('\n').toString();
  }

  private static void append(StringBuilder line, String key, @Nullable String value) {
    if (value != null) {
      line.append(' ').append(key).append('=').append(escaped(value));
    }
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace(" ", "%20");
  }

  private static String unescaped(String text) {
    return text.replace("%20", " ").replace("%25", "%");
  }

  /**
   * Reads the text.
   *
   * @throws MalformedException with the number of the line that is wrong
   */
  public static Baseline parse(String text) {
    Map<ProjectName, Entry> entries = new HashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        Entry entry = entry(line.strip().split(" +", -1));
        entries.merge(entry.project(), entry, Baseline::merged);
      } catch (MalformedException e) {
        throw new MalformedException("line %d: %s".formatted(number, e.getMessage()), e);
      }
    }
    return new Baseline(entries);
  }

  private static Entry merged(Entry one, Entry other) {
    if (!one.version().equals(other.version())) {
      throw new MalformedException(
          "%s stands there with two versions, %s and %s"
              .formatted(one.project(), one.version(), other.version()));
    }
    List<KnownPublisher> publishers = new ArrayList<>(one.publishers());
    publishers.addAll(other.publishers());
    return new Entry(one.project(), one.version(), publishers);
  }

  private static Entry entry(String[] words) {
    if (words.length < 3) {
      throw new MalformedException(
          "a line is a project, a version, a publisher and what is known of it");
    }
    Map<String, String> known = new HashMap<>();
    for (String word : Arrays.asList(words).subList(3, words.length)) {
      int equals = word.indexOf('=');
      String key = word.substring(0, Math.max(0, equals));
      if (!KEYS.contains(key) || known.put(key, unescaped(word.substring(equals + 1))) != null) {
        throw new MalformedException(
            "after the publisher stand owner-id=, repository-id=, ref=, runner= and trigger=, each once, not "
                + quoted(word));
      }
    }
    return new Entry(
        ProjectName.parse(words[0]),
        Version.parse(words[1]),
        List.of(
            new KnownPublisher(
                Publisher.parse(unescaped(words[2])),
                known.get("owner-id"),
                known.get("repository-id"),
                ref(known.get("ref")),
                known.get("runner"),
                known.get("trigger"))));
  }

  private static RefKind ref(@Nullable String text) {
    if (text == null) {
      return RefKind.NONE;
    }
    return Arrays.stream(RefKind.values())
        .filter(kind -> kind.text().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new MalformedException("ref= is tag, branch or other, not " + quoted(text)));
  }
}
