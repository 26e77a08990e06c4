package dev.gatehouse.provenance.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where publishers are at home. */
public enum Forge {
  GITHUB("https://token.actions.githubusercontent.com"),
  GITLAB("https://gitlab.com"),
  GOOGLE("https://accounts.google.com"),
  /** Persons who logged in to sign; unlike {@link #GITHUB}, nothing that a workflow can have. */
  GITHUB_LOGIN("https://github.com/login/oauth"),
  ACTIVESTATE("https://platform.activestate.com/api/v1/oauth/oidc");

  private final String issuer;

  Forge(String issuer) {
    this.issuer = issuer;
  }

  /** The forge whose tokens this issuer gives. */
  static Optional<Forge> ofIssuer(String issuer) {
    return Arrays.stream(values()).filter(forge -> forge.issuer.equals(issuer)).findFirst();
  }

  /** The issuer of its tokens, as certificates name it. */
  public String issuer() {
    return issuer;
  }

  /** As it is written in policies and reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
