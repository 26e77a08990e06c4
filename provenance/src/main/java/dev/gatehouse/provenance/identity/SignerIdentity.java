package dev.gatehouse.provenance.identity;

import org.jspecify.annotations.Nullable;

/**
 * Who signed, all of it from the certificate. Accounts and ActiveState's projects say no more than
 * the publisher.
 *
 * @param commit of the source, 40 or 64 hex digits
 * @param ref that the run was for: {@code refs/tags/v1.0}
 * @param repositoryId the forge's number of it, which survives a rename
 * @param ownerId the forge's number of the account, which survives a rename
 * @param trigger the event that started the run
 * @param runner {@code github-hosted}, {@code self-hosted}, {@code gitlab-hosted}
 * @param signer the workflow that signed, where it is another one than the publisher's: one that
 *     the publisher's calls
 * @param run the address of the run
 */
public record SignerIdentity(
    Publisher publisher,
    @Nullable String commit,
    @Nullable String ref,
    @Nullable String repositoryId,
    @Nullable String ownerId,
    @Nullable String trigger,
    @Nullable String runner,
    @Nullable String signer,
    @Nullable String run) {
  /** Of an account: nothing else is known. */
  static SignerIdentity of(Publisher publisher) {
    return new SignerIdentity(publisher, null, null, null, null, null, null, null, null);
  }

  /** What the run was for. */
  public RefKind refKind() {
    return RefKind.of(ref);
  }
}
