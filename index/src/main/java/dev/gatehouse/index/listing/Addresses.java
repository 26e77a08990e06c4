package dev.gatehouse.index.listing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.name.ProjectName;
import java.net.URI;
import java.net.URLEncoder;

/** Where things are under the root of the index. */
public final class Addresses {
  private Addresses() {}

  /** {@code files/NAME/FILE}, from the root. */
  public static String file(ProjectName project, String fileName) {
    return "files/" + project.normalized() + "/" + segment(fileName);
  }

  /** A file's address as it stands on its project's page, {@code /simple/NAME/}. */
  static URI fileFromPage(ProjectName project, String fileName) {
    return URI.create("../../" + file(project, fileName));
  }

  /** {@code integrity/NAME/VERSION/FILE/provenance}, from the root (PEP 740). */
  static URI provenance(ArtifactName artifact) {
    return URI.create(
        "integrity/%s/%s/%s/provenance"
            .formatted(
                artifact.project().normalized(),
                segment(artifact.version().toString()),
                segment(artifact.filename())));
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
