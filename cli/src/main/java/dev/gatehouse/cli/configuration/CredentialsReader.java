package dev.gatehouse.cli.configuration;

import dev.gatehouse.outbound.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Fetches a secret from where the file says it is. A secret written into the file itself is
 * refused: such files are shown, copied and committed. No message repeats it.
 */
final class CredentialsReader {
  private static final int LONGEST = 64 * 1024;

  private final Map<String, String> environment;
  private final Path folder;

  /**
   * @param folder what relative paths start from
   */
  CredentialsReader(Map<String, String> environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  Secret parse(String text) {
    if (text.startsWith("env:")) {
      return fromVariable(text.substring("env:".length()));
    }
    if (text.startsWith("file:")) {
      return fromFile(folder.resolve(text.substring("file:".length())));
    }
    throw new IllegalArgumentException(
        "must be \"env:NAME\" or \"file:PATH\"; a secret itself does not belong into this file (it is not shown here)");
  }

  private Secret fromVariable(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,99}")) {
      throw new IllegalArgumentException(
          "env: must be followed by the name of an environment variable");
    }
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException("the environment variable " + name + " is not set");
    }
    return secret(value, "the environment variable " + name);
  }

  private static Secret fromFile(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return secret(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8), "the file " + file);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + file + " cannot be read", e);
    }
  }

  private static Secret secret(String value, String place) {
    String line = value.strip();
    if (line.isEmpty() || line.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(place + " must hold one line");
    }
    return Secret.of(line);
  }
}
