package dev.gatehouse.gateway.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What encrypts the data keys of the stored provider keys. */
public sealed interface KeyEncryption {
  /** A key file in the data folder, made at the first start. */
  record InFile() implements KeyEncryption {}

  /** A key of Vault's transit engine, which never leaves it. */
  record VaultTransit(String mount, String key) implements KeyEncryption {}

  /**
   * Reads {@code file} or {@code vault-transit:MOUNT/KEY}.
   *
   * @throws IllegalArgumentException where it is neither
   */
  static KeyEncryption parse(String text) {
    if (text.equals("file")) {
      return new InFile();
    }
    Matcher transit =
        Pattern.compile("vault-transit:([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)").matcher(text);
    if (!transit.matches()) {
      throw new IllegalArgumentException("must be \"file\" or \"vault-transit:MOUNT/KEY\"");
    }
    return new VaultTransit(transit.group(1), transit.group(2));
  }
}
