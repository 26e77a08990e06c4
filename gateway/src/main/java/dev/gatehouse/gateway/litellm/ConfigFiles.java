package dev.gatehouse.gateway.litellm;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.yaml.Yaml;
import dev.gatehouse.yaml.Yaml.Entry;
import dev.gatehouse.yaml.Yaml.Mapping;
import dev.gatehouse.yaml.Yaml.Scalar;
import dev.gatehouse.yaml.Yaml.Sequence;
import dev.gatehouse.yaml.YamlException;
import dev.gatehouse.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A configuration and what it includes: lists are joined, other sections replaced, as LiteLLM does.
 *
 * @param name of the configuration, for people
 * @param merged all of it
 * @param names of the files, the configuration's first
 */
record ConfigFiles(String name, Mapping merged, List<String> names) {
  private static final int MOST_INCLUDED = 50;

  ConfigFiles {
    names = List.copyOf(names);
  }

  /** Where remarks on a file come. */
  int order(String file) {
    int index = names.indexOf(file);
    return index < 0 ? names.size() : index;
  }

  static ConfigFiles read(Path config, Remarks remarks) throws IOException, ImportException {
    String name = String.valueOf(config.getFileName());
    Mapping main = read(name, config);
    List<String> names = new ArrayList<>(List.of(name));
    Map<String, Entry> sections = new LinkedHashMap<>();
    main.entries().forEach(entry -> sections.put(entry.name(), entry));
    Yaml include = main.value("include");
    if (include != null && !Meaning.isOff(include)) {
      for (Scalar included : new Values(remarks).texts(include, "include")) {
        include(config, included, remarks, names, sections);
      }
    }
    return new ConfigFiles(name, Mapping.of(main.at(), List.copyOf(sections.values())), names);
  }

  private static void include(
      Path config,
      Scalar included,
      Remarks remarks,
      List<String> names,
      Map<String, Entry> sections)
      throws IOException {
    String name = included.text();
    Path folder = Objects.requireNonNull(config.toAbsolutePath().normalize().getParent());
    Path path = folder.resolve(name).normalize();
    // A configuration of strangers may name any file of this machine.
    boolean inside =
        path.startsWith(folder)
            && Files.isRegularFile(path)
            && path.toRealPath().startsWith(folder.toRealPath());
    if (!inside || names.contains(name) || names.size() > MOST_INCLUDED) {
      remarks.lost(
          included.at(),
          "include",
          "%s is not read: it must be a file in the folder of the configuration, named once, one of at most %d."
              .formatted(Printable.of(name, 100), MOST_INCLUDED),
          "Copy what it has into the configuration, and import again.");
      return;
    }
    names.add(name);
    try {
      merge(read(name, path), remarks, sections);
    } catch (ImportException e) {
      remarks.lost(
          included.at(),
          "include",
          "%s is not read: %s.".formatted(Printable.of(name, 100), e.getMessage()),
          "Correct it, and import again.");
    }
  }

  private static void merge(Mapping from, Remarks remarks, Map<String, Entry> into) {
    for (Entry entry : from.entries()) {
      Entry before = into.get(entry.name());
      if (entry.name().equals("include")) {
        remarks.lost(
            entry.at(),
            "include",
            "What an included file includes is not read.",
            "Include it from the configuration itself, and import again.");
      } else if (before != null
          && before.value() instanceof Sequence first
          && entry.value() instanceof Sequence second) {
        List<Yaml> both = new ArrayList<>(first.items());
        both.addAll(second.items());
        into.put(entry.name(), new Entry(before.key(), Sequence.of(first.at(), both)));
      } else {
        into.put(entry.name(), entry);
      }
    }
  }

  private static Mapping read(String name, Path path) throws IOException, ImportException {
    try (InputStream in = Files.newInputStream(path)) {
      return YamlReader.mapping(name, in.readNBytes(YamlReader.MOST_BYTES + 1));
    } catch (YamlException e) {
      throw new ImportException(
          switch (e.kind()) {
            case GRAMMAR -> e.where() + "it is no YAML: " + e.why();
            case REPEATED_KEY -> e.getMessage() + "; LiteLLM would take the last one only";
            case OTHER -> String.valueOf(e.getMessage());
          });
    }
  }
}
