package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.List;
import java.util.function.Predicate;

/** Edits of YAML that is written in lines, and not in braces. */
final class BlockEdits {
  private BlockEdits() {}

  /** Whether it can be edited line by line. */
  static boolean isBlock(Yaml value) {
    return switch (value) {
      case Yaml.Mapping mapping -> !mapping.flow() && !mapping.entries().isEmpty();
      case Yaml.Sequence sequence -> !sequence.flow() && !sequence.items().isEmpty();
      case Yaml.Scalar _ -> false;
    };
  }

  /**
   * Takes entries out of the mapping of an entry, and the entry where none of them remains.
   *
   * @return false where it stands in braces, or begins a step, and has any of them
   */
  static boolean remove(TextEdits edit, Yaml.Entry of, Predicate<String> names) {
    if (!(of.value() instanceof Yaml.Mapping mapping)) {
      return true;
    }
    List<Yaml.Entry> gone =
        mapping.entries().stream().filter(entry -> names.test(entry.key().text())).toList();
    if (gone.isEmpty()) {
      return true;
    }
    if (gone.size() == mapping.entries().size()) {
      boolean first = edit.line(of.line()).strip().startsWith("- ");
      if (first) {
        return false;
      }
      edit.delete(of.line(), mapping.lastLine());
      return true;
    }
    if (!isBlock(mapping)) {
      return false;
    }
    gone.forEach(entry -> edit.delete(entry.line(), entry.value().lastLine()));
    return true;
  }
}
