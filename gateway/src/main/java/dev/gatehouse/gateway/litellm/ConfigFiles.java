package dev.gatehouse.gateway.litellm;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.gateway.litellm.Yaml.Entry;
import dev.gatehouse.gateway.litellm.Yaml.Mapping;
import dev.gatehouse.gateway.litellm.Yaml.Scalar;
import dev.gatehouse.gateway.litellm.Yaml.Sequence;
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
    Mapping main = YamlReader.read(name, bytes(config));
    List<String> names = new ArrayList<>(List.of(name));
    Map<String, Entry> sections = new LinkedHashMap<>();
    main.entries().forEach(entry -> sections.put(entry.key(), entry));
    Yaml include = main.get("include");
    if (include != null && !include.isOff()) {
      for (Scalar included : new Values(remarks).texts(include, "include")) {
        include(config, included, remarks, names, sections);
      }
    }
    return new ConfigFiles(
        name, new Mapping(main.at(), List.copyOf(sections.values()), main.size()), names);
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
      merge(YamlReader.read(name, bytes(path)), remarks, sections);
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
      Entry before = into.get(entry.key());
      if (entry.key().equals("include")) {
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
        into.put(
            entry.key(),
            new Entry(
                before.at(),
                entry.key(),
                new Sequence(first.at(), both, first.size() + second.size())));
      } else {
        into.put(entry.key(), entry);
      }
    }
  }

  private static byte[] bytes(Path path) throws IOException, ImportException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(YamlReader.MOST_BYTES + 1);
      if (bytes.length > YamlReader.MOST_BYTES) {
        throw new ImportException("it has more than %d bytes".formatted(YamlReader.MOST_BYTES));
      }
      return bytes;
    }
  }
}
