package dev.gatehouse.provenance.workflow;

import java.util.List;
import java.util.Optional;

/**
 * A place that uploads distributions to an index.
 *
 * @param path of the file where it stands
 * @param line from 1
 * @param credentials what it is given; none: an identity, or what lies outside of the workflow
 * @param attests whether it sends attestations; empty: by itself, where it publishes by an identity
 */
record Upload(
    String path,
    int line,
    UploadTool tool,
    IndexTarget index,
    List<Credential> credentials,
    Optional<Boolean> attests) {
  Upload {
    credentials = List.copyOf(credentials);
  }

  /** Whether it presents something that outlives the job. */
  boolean byToken() {
    return credentials.stream().anyMatch(Credential::lasts);
  }

  /** Whether something that a job made, or its own, is presented: nothing that lasts. */
  boolean byPassingToken() {
    return !credentials.isEmpty() && !byToken();
  }

  /** The names of the secrets that it is given. */
  List<String> secrets() {
    return credentials.stream()
        .flatMap(credential -> credential.secrets().stream())
        .distinct()
        .toList();
  }
}
