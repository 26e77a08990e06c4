package dev.gatehouse.provenance.identity;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.RefusedException;
import java.security.cert.X509Certificate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads who signed from a certificate. Whether the certificate can be believed is for the verifier;
 * here it must say one thing in all its places.
 */
public final class IdentityReader {
  private static final Pattern GITHUB_REPOSITORY =
      Pattern.compile("https://github\\.com/([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)");
  private static final Pattern GITLAB_PROJECT =
      Pattern.compile("https://gitlab\\.com/([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+)");
  private static final Pattern WORKFLOW_FILE = Pattern.compile("[^/@\\p{Cntrl} ]+\\.ya?ml");
  private static final Pattern PIPELINE_FILE = Pattern.compile("[^@\\p{Cntrl}]+\\.ya?ml");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\p{Cntrl} ]+@[^@\\p{Cntrl} ]+");

  /** As ActiveState's tokens have it in {@code sub}. */
  private static final Pattern ACTIVESTATE =
      Pattern.compile("org:([A-Za-z0-9_.-]+):project:([A-Za-z0-9_.-]+)");

  private final CertificateExtensions extensions;

  private IdentityReader(X509Certificate certificate) {
    this.extensions = new CertificateExtensions(certificate);
  }

  /**
   * Reads it.
   *
   * @throws RefusedException where the extensions are missing, contradict each other, or are those
   *     of an issuer that is no publisher's
   */
  public static SignerIdentity read(X509Certificate certificate) throws RefusedException {
    IdentityReader reader = new IdentityReader(certificate);
    String issuer = reader.extensions.require(CertificateExtensions.ISSUER);
    Forge forge =
        Forge.ofIssuer(issuer)
            .orElseThrow(
                () ->
                    new RefusedException(
                        Reason.UNKNOWN_ISSUER,
                        "the certificate was given for a token of %s, which is no known publisher's"
                            .formatted(quoted(issuer))));
    return switch (forge) {
      case GITHUB -> reader.github();
      case GITLAB -> reader.gitlab();
      case GOOGLE, GITHUB_LOGIN -> reader.account(forge);
      case ACTIVESTATE -> reader.activeState();
    };
  }

  private SignerIdentity github() throws RefusedException {
    String repository = extensions.require(CertificateExtensions.REPOSITORY);
    Matcher parts = matched(GITHUB_REPOSITORY, repository, "no repository of GitHub");
    String workflow = configuration(repository + "/" + GitHubPublisher.WORKFLOWS);
    matched(WORKFLOW_FILE, workflow, "no workflow's file");
    return run(new GitHubPublisher(parts.group(1), parts.group(2), workflow));
  }

  private SignerIdentity gitlab() throws RefusedException {
    String project = extensions.require(CertificateExtensions.REPOSITORY);
    Matcher parts = matched(GITLAB_PROJECT, project, "no project of gitlab.com");
    String pipeline = configuration(project + "//");
    matched(PIPELINE_FILE, pipeline, "no pipeline's file");
    return run(new GitLabPublisher(parts.group(1), pipeline));
  }

  /** What stands between this beginning and an @ with the commit or the ref behind it. */
  private String configuration(String beginning) throws RefusedException {
    String configuration = extensions.require(CertificateExtensions.BUILD_CONFIG);
    String commit = extensions.require(CertificateExtensions.COMMIT);
    String ref = extensions.require(CertificateExtensions.REF);
    if (configuration.startsWith(beginning)) {
      for (String end : new String[] {"@" + ref, "@" + commit}) {
        if (configuration.endsWith(end)
            && configuration.length() > beginning.length() + end.length()) {
          return configuration.substring(beginning.length(), configuration.length() - end.length());
        }
      }
    }
    throw new RefusedException(
        Reason.IDENTITY,
        "the certificate's workflow %s is not one of its repository at its commit or ref"
            .formatted(quoted(configuration)));
  }

  private SignerIdentity run(Publisher publisher) throws RefusedException {
    String signer = extensions.require(CertificateExtensions.SIGNER);
    if (!signer.equals(extensions.uri().orElse(null))) {
      throw new RefusedException(
          Reason.IDENTITY, "the certificate was given for another workflow than it says signed");
    }
    String commit = extensions.require(CertificateExtensions.COMMIT);
    matched(COMMIT, commit, "no commit");
    return new SignerIdentity(
        publisher,
        commit,
        extensions.require(CertificateExtensions.REF),
        number(CertificateExtensions.REPOSITORY_ID),
        number(CertificateExtensions.OWNER_ID),
        extensions.require(CertificateExtensions.TRIGGER),
        extensions.require(CertificateExtensions.RUNNER),
        signer.equals(extensions.require(CertificateExtensions.BUILD_CONFIG)) ? null : signer,
        extensions.find(CertificateExtensions.RUN));
  }

  private String number(int extension) throws RefusedException {
    String text = extensions.require(extension);
    matched(NUMBER, text, "no number");
    return text;
  }

  private SignerIdentity account(Forge forge) throws RefusedException {
    String email = extensions.email().orElse(null);
    return SignerIdentity.of(
        new AccountPublisher(forge, matched(EMAIL, email, "no e-mail address").group()));
  }

  /**
   * Neither PyPI nor the public Sigstore has given one so far; the shape is that of the claim which
   * PyPI checks where ActiveState publishes.
   */
  private SignerIdentity activeState() throws RefusedException {
    String account = extensions.userName().orElse(null);
    Matcher parts = matched(ACTIVESTATE, account, "no project of ActiveState");
    return SignerIdentity.of(new ActiveStatePublisher(parts.group(1), parts.group(2)));
  }

  private static Matcher matched(Pattern pattern, @Nullable String text, String otherwise)
      throws RefusedException {
    if (text == null) {
      throw new RefusedException(
          Reason.NO_IDENTITY, "the certificate was given for %s".formatted(otherwise));
    }
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new RefusedException(
          Reason.IDENTITY, "the certificate names %s: %s".formatted(otherwise, quoted(text)));
    }
    return matcher;
  }
}
