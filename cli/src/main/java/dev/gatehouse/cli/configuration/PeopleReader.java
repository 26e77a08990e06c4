package dev.gatehouse.cli.configuration;

import dev.gatehouse.index.settings.People;
import dev.gatehouse.outbound.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;

/** Reads {@code contact} of {@code [index]}, and {@code [recall]}. */
final class PeopleReader {
  private final CredentialsReader secrets;

  PeopleReader(Map<String, String> environment, Path folder) {
    this.secrets = new CredentialsReader(environment, folder);
  }

  People read(TableReader index, TableReader recall) {
    String contact = index.find(Setting.CONTACT, PeopleReader::contact).orElse(null);
    return new People(contact, recall.find(Setting.RECALL_WEBHOOK, this::webhook).orElse(null));
  }

  private static String contact(String text) {
    if (!People.isContact(text)) {
      throw new IllegalArgumentException(
          "must be one line of at most " + People.LONGEST_CONTACT + " printable ASCII characters");
    }
    return text;
  }

  private Secret webhook(String text) {
    boolean named = text.startsWith("env:") || text.startsWith("file:");
    Secret address = named ? secrets.parse(text) : Secret.of(text);
    if (!isAddress(address.reveal())) {
      throw new IllegalArgumentException(
          "must be an https or http address, \"env:NAME\" or \"file:PATH\" of one (it is not shown here)");
    }
    return address;
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
