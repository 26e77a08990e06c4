package dev.gatehouse.gateway.secret;

import java.util.Locale;
import java.util.regex.Pattern;

/** Where a secret lies. The configuration holds these, never a value. */
public sealed interface KeyReference {
  /** An environment variable, {@code env:NAME}. */
  record Variable(String name) implements KeyReference {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");

    public Variable {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("env: is followed by a variable's name");
      }
    }

    @Override
    public String toString() {
      return "env:" + name;
    }
  }

  /**
   * A file, {@code file:PATH}.
   *
   * @param path as it was written; relative ones start from the configuration's folder
   */
  record InFile(String path) implements KeyReference {
    public InFile {
      if (path.isBlank()) {
        throw new IllegalArgumentException("file: is followed by a path");
      }
    }

    @Override
    public String toString() {
      return "file:" + path;
    }
  }

  /**
   * A field of a secret in Vault's key-value store, version 2: {@code vault:MOUNT/PATH#FIELD}.
   *
   * @param path the mount and the path below it
   */
  record Vault(String path, String field) implements KeyReference {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    public Vault {
      if (!PATH.matcher(path).matches()
          || ("/" + path + "/").contains("/../")
          || ("/" + path + "/").contains("/./")
          || !FIELD.matcher(field).matches()) {
        throw new IllegalArgumentException(
            "vault: is followed by a mount, a path, # and a field, as in vault:secret/openai#key");
      }
    }

    @Override
    public String toString() {
      return "vault:" + path + "#" + field;
    }
  }

  /** The gateway's own store, where {@code gatehouse gateway provider set-key} puts it. */
  record Stored() implements KeyReference {
    @Override
    public String toString() {
      return "stored";
    }
  }

  /**
   * Reads a reference as the configuration has it.
   *
   * @throws IllegalArgumentException where it is none, perhaps a secret itself: the message quotes
   *     nothing of it
   */
  static KeyReference parse(String text) {
    if (text.equals("stored")) {
      return new Stored();
    }
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1);
    return switch (colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "env" -> new Variable(rest);
      case "file" -> new InFile(rest);
      case "vault" -> {
        int hash = rest.indexOf('#');
        yield new Vault(
            hash < 0 ? rest : rest.substring(0, hash), hash < 0 ? "" : rest.substring(hash + 1));
      }
      default ->
          throw new IllegalArgumentException(
              "must be \"env:NAME\", \"file:PATH\", \"vault:PATH#FIELD\" or \"stored\"; a secret itself does not"
                  + " belong into the configuration (it is not shown here)");
    };
  }
}
