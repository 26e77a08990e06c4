package dev.gatehouse.cli.vetting;

import java.util.Map;
import picocli.CommandLine.Mixin;

/** What the commands about one version have in common. */
abstract class VersionCommand extends AnsweringCommand {
  @Mixin private OneVersion version = new OneVersion();

  VersionCommand(Map<String, String> environment) {
    super(environment);
  }

  Pinned pinned() {
    return version.get();
  }
}
