package dev.gatehouse.provenance.report;

import dev.gatehouse.provenance.identity.AccountPublisher;
import dev.gatehouse.provenance.identity.ActiveStatePublisher;
import dev.gatehouse.provenance.identity.GitHubPublisher;
import dev.gatehouse.provenance.identity.GitLabPublisher;
import dev.gatehouse.provenance.identity.Publisher;
import dev.gatehouse.provenance.identity.SignerIdentity;
import dev.gatehouse.provenance.verification.VerifiedAttestation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who signed, key by key; what there is not is left out. */
public final class Identities {
  private Identities() {}

  /** Of one attestation. */
  public static Map<String, Object> details(VerifiedAttestation attestation) {
    SignerIdentity signer = attestation.signer();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("predicate", attestation.predicate().text());
    details.put("predicate-type", attestation.predicate().type());
    details.put("publisher", signer.publisher().text());
    publisher(details, signer.publisher());
    put(details, "environment-claimed", attestation.environment());
    put(details, "commit", signer.commit());
    put(details, "ref", signer.ref());
    put(details, "trigger", signer.trigger());
    put(details, "runner", signer.runner());
    put(details, "owner-id", signer.ownerId());
    put(details, "repository-id", signer.repositoryId());
    put(details, "called-workflow", signer.signer());
    put(details, "run", signer.run());
    details.put("logged", attestation.logged().toString());
    details.put("log-index", attestation.logIndex());
    return details;
  }

  private static void publisher(Map<String, Object> details, Publisher publisher) {
    details.put("forge", publisher.forge().text());
    switch (publisher) {
      case GitHubPublisher(String owner, String repository, String workflow) -> {
        details.put("owner", owner);
        details.put("repository", repository);
        details.put("workflow", GitHubPublisher.WORKFLOWS + workflow);
      }
      case GitLabPublisher(String project, String workflow) -> {
        int slash = project.lastIndexOf('/');
        details.put("owner", project.substring(0, Math.max(0, slash)));
        details.put("repository", project.substring(slash + 1));
        details.put("workflow", workflow);
      }
      case AccountPublisher(_, String email) -> details.put("email", email);
      case ActiveStatePublisher(String organization, String project) -> {
        details.put("owner", organization);
        details.put("repository", project);
      }
    }
  }

  private static void put(Map<String, Object> details, String key, @Nullable String value) {
    if (value != null) {
      details.put(key, value);
    }
  }
}
