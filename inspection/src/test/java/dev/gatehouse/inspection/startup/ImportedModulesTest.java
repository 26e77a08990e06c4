package dev.gatehouse.inspection.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImportedModulesTest {
  @Test
  void findsWhatALineMayImport() {
    assertThat(ImportedModules.of("import os as o, acme.boot; __import__('evil'); from . import c"))
        .contains("os", "acme.boot", "evil", ".");
    assertThat(ImportedModules.of("importlib.import_module( \"late\" )")).containsExactly("late");
    assertThat(ImportedModules.of("# nothing of importance")).isEmpty();
  }
}
