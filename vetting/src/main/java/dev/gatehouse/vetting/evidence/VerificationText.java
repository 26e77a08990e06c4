package dev.gatehouse.vetting.evidence;

import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.Refusal;
import dev.gatehouse.provenance.attestation.Predicate;
import dev.gatehouse.provenance.identity.AccountPublisher;
import dev.gatehouse.provenance.identity.ActiveStatePublisher;
import dev.gatehouse.provenance.identity.Forge;
import dev.gatehouse.provenance.identity.GitHubPublisher;
import dev.gatehouse.provenance.identity.GitLabPublisher;
import dev.gatehouse.provenance.identity.Publisher;
import dev.gatehouse.provenance.identity.SignerIdentity;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.provenance.verification.VerifiedAttestation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A verification as it is stored. */
final class VerificationText {
  private static final JsonMapper JSON = new JsonMapper();

  private VerificationText() {}

  static String write(Verification verification) {
    return JSON.writeValueAsString(
        switch (verification) {
          case Verification.Refused(Refusal(Reason reason, String message)) ->
              Map.of("refused", reason.name(), "message", message);
          case Verification.Verified(List<VerifiedAttestation> attestations) ->
              Map.of("attestations", attestations.stream().map(VerificationText::members).toList());
        });
  }

  static Verification read(String json) {
    JsonNode node = JSON.readTree(json);
    if (node.has("refused")) {
      return new Verification.Refused(
          new Refusal(
              Reason.valueOf(node.path("refused").asString("")),
              node.path("message").asString("")));
    }
    List<VerifiedAttestation> attestations = new ArrayList<>();
    node.path("attestations").forEach(each -> attestations.add(attestation(each)));
    return new Verification.Verified(attestations);
  }

  private static Map<String, Object> members(VerifiedAttestation attestation) {
    SignerIdentity signer = attestation.signer();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("predicate", attestation.predicate().name());
    members.put("forge", signer.publisher().forge().name());
    members.putAll(publisher(signer.publisher()));
    members.put("commit", signer.commit());
    members.put("ref", signer.ref());
    members.put("repository-id", signer.repositoryId());
    members.put("owner-id", signer.ownerId());
    members.put("trigger", signer.trigger());
    members.put("runner", signer.runner());
    members.put("signer", signer.signer());
    members.put("run", signer.run());
    members.put("claimed", attestation.claimed());
    members.put("environment", attestation.environment());
    members.put("logged", attestation.logged().toString());
    members.put("log-index", attestation.logIndex());
    return members;
  }

  private static Map<String, String> publisher(Publisher publisher) {
    return switch (publisher) {
      case GitHubPublisher(String owner, String repository, String workflow) ->
          Map.of("owner", owner, "repository", repository, "workflow", workflow);
      case GitLabPublisher(String project, String workflow) ->
          Map.of("repository", project, "workflow", workflow);
      case AccountPublisher(_, String email) -> Map.of("email", email);
      case ActiveStatePublisher(String organization, String project) ->
          Map.of("owner", organization, "repository", project);
    };
  }

  private static VerifiedAttestation attestation(JsonNode node) {
    return new VerifiedAttestation(
        Predicate.valueOf(node.path("predicate").asString("")),
        new SignerIdentity(
            publisher(node),
            text(node, "commit"),
            text(node, "ref"),
            text(node, "repository-id"),
            text(node, "owner-id"),
            text(node, "trigger"),
            text(node, "runner"),
            text(node, "signer"),
            text(node, "run")),
        node.path("claimed").asBoolean(false),
        text(node, "environment"),
        Instant.parse(node.path("logged").asString("")),
        node.path("log-index").asLong(0));
  }

  private static Publisher publisher(JsonNode node) {
    Forge forge = Forge.valueOf(node.path("forge").asString(""));
    String owner = node.path("owner").asString("");
    String repository = node.path("repository").asString("");
    String workflow = node.path("workflow").asString("");
    return switch (forge) {
      case GITHUB -> new GitHubPublisher(owner, repository, workflow);
      case GITLAB -> new GitLabPublisher(repository, workflow);
      case GOOGLE, GITHUB_LOGIN -> new AccountPublisher(forge, node.path("email").asString(""));
      case ACTIVESTATE -> new ActiveStatePublisher(owner, repository);
    };
  }

  private static @Nullable String text(JsonNode node, String key) {
    return node.path(key).isString() ? node.path(key).asString("") : null;
  }
}
