package dev.gatehouse.comparison.match;

import dev.gatehouse.comparison.source.BlobId;
import dev.gatehouse.packaging.artifact.Sha256;

/**
 * A file of an artifact.
 *
 * @param path in the archive, as it is reported
 * @param inner where it belongs in a project: without an sdist's own folder, and without the
 *     folders of a wheel that say where it is installed to
 * @param isLink whether its bytes are the target of a link
 */
public record ArtifactFile(
    String path, String inner, long size, BlobId id, Sha256 sha256, boolean isLink) {
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
