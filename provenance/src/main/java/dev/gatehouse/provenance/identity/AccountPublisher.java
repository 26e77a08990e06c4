package dev.gatehouse.provenance.identity;

/**
 * An account with an e-mail address: a service account of Google's cloud, or a person who signed by
 * hand and logged in with Google or GitHub.
 */
public record AccountPublisher(Forge forge, String email) implements Publisher {
  @Override
  public String text() {
    return forge.text() + ":" + email;
  }
}
