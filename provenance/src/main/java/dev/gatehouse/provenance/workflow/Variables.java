package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables that a script sees, as far as the file sets them: the nearest wins. */
final class Variables {
  private static final Pattern NAMED =
      Pattern.compile("\\$\\{?(?:env:)?([A-Za-z_][A-Za-z0-9_]*)\\}?");
  private static final Pattern EXPRESSION =
      Pattern.compile("\\$\\{\\{\\s*env\\.([A-Za-z_][A-Za-z0-9_]*)\\s*\\}\\}");

  private final Map<String, Variable> all = new LinkedHashMap<>();

  /**
   * A variable.
   *
   * @param path of the file that sets it
   * @param shared whether more than the step sees it
   */
  record Variable(String name, Yaml.Scalar value, String path, boolean shared) {
    Credential credential() {
      return Credential.of(name, value.text(), path, value.line());
    }
  }

  /** Those of a mapping, where no nearer one has their names. */
  Variables with(Yaml.Mapping mapping, String path, boolean shared) {
    for (Yaml.Entry entry : mapping.entries()) {
      Optional<Yaml.Scalar> value =
          switch (entry.value()) {
            case Yaml.Scalar scalar -> Optional.of(scalar);
            // GitLab: {value: ..., description: ...}
            case Yaml.Mapping described -> described.scalar("value");
            case Yaml.Sequence _ -> Optional.empty();
          };
      value.ifPresent(
          scalar ->
              all.putIfAbsent(
                  entry.key().text(), new Variable(entry.key().text(), scalar, path, shared)));
    }
    return this;
  }

  /** What the commands of a script set for all that follows them, which wins. */
  Variables after(List<ShellCommand> commands, String path, int line) {
    for (ShellCommand command : commands) {
      if (command.onlyAssigns()) {
        command
            .assignments()
            .forEach(
                (name, text) ->
                    all.put(
                        name,
                        new Variable(
                            name,
                            new Yaml.Scalar(
                                new Yaml.Place(path, line), text, Yaml.Style.FLOW, 0, line, true),
                            path,
                            false)));
      }
    }
    return this;
  }

  Optional<Variable> find(String name) {
    return Optional.ofNullable(all.get(name));
  }

  List<Variable> all() {
    return List.copyOf(all.values());
  }

  /** What a word of a script stands for, where it is nothing but a variable. */
  Optional<Variable> meant(String word) {
    for (Pattern form : List.of(NAMED, EXPRESSION)) {
      Matcher matcher = form.matcher(word);
      if (matcher.matches()) {
        return find(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  /** A word with what it stands for. */
  String resolved(String word) {
    return meant(word).map(variable -> variable.value().text()).orElse(word);
  }
}
