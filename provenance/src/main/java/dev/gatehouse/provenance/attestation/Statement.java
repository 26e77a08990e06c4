package dev.gatehouse.provenance.attestation;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.RefusedException;
import java.util.List;

/**
 * What was signed: an in-toto statement (v1) about one artifact.
 *
 * @param name of the artifact, as it stands there
 */
public record Statement(String name, Sha256 sha256, Predicate predicate) {
  private static final String TYPE = "https://in-toto.io/Statement/v1";

  /**
   * Reads it. The verifier of the library asks only that some subject's digest fits; here there is
   * exactly one, and what is said of it is known.
   */
  public static Statement read(byte[] bytes) throws RefusedException {
    JsonObject json = JsonText.read(bytes, "the statement", AttestationLimits.STATEMENT);
    json.only("_type", "subject", "predicateType", "predicate");
    if (!json.text("_type").equals(TYPE)) {
      throw new RefusedException(
          Reason.NOT_A_STATEMENT, "what was signed is not an in-toto statement of version 1");
    }
    List<JsonObject> subjects = json.objects("subject");
    if (subjects.size() != 1) {
      throw new RefusedException(
          Reason.SUBJECTS, "the statement has %d subjects, not one".formatted(subjects.size()));
    }
    JsonObject subject = subjects.getFirst();
    String hex = subject.object("digest").text("sha256");
    Sha256 sha256 =
        Sha256.parseIfValid(hex)
            .filter(digest -> digest.hex().equals(hex))
            .orElseThrow(
                () ->
                    new RefusedException(
                        Reason.WRONG_TYPE, "the statement's digest is no SHA-256 in lower case"));
    String type = json.text("predicateType");
    Predicate predicate =
        Predicate.find(type)
            .orElseThrow(
                () ->
                    new RefusedException(
                        Reason.UNKNOWN_PREDICATE, "the statement is of the unknown type " + type));
    return new Statement(subject.text("name"), sha256, predicate);
  }
}
