package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.List;

/** What {@code permissions} grants. */
final class Permissions {
  static final String ID_TOKEN = "id-token";

  private Permissions() {}

  static boolean writes(Yaml permissions, String permission) {
    return isWriteAll(permissions)
        || (permissions instanceof Yaml.Mapping mapping
            && mapping.text(permission).equals("write"));
  }

  static boolean isWriteAll(Yaml permissions) {
    return permissions instanceof Yaml.Scalar scalar && scalar.text().equals("write-all");
  }

  /** The entries that grant more than reading. */
  static List<Yaml.Entry> writing(Yaml permissions) {
    return permissions instanceof Yaml.Mapping mapping
        ? mapping.entries().stream()
            .filter(
                entry -> entry.value() instanceof Yaml.Scalar value && value.text().equals("write"))
            .toList()
        : List.of();
  }
}
