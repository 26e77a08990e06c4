package dev.gatehouse.provenance.verification;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.SdistName;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.RefusedException;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Whether the name of a statement's subject means an artifact. Both are parsed: attestations of
 * 2024 and 2025 name files in their normalised spelling, with the tags of wheels sorted, whatever
 * the file is called (pypi/warehouse issue 18128). Any third spelling is refused.
 */
final class SubjectName {
  private SubjectName() {}

  static void check(String subject, ArtifactName artifact) throws RefusedException {
    if (subject.equals(artifact.filename())) {
      return;
    }
    ArtifactName named = parsed(subject, artifact);
    if (!normalized(named).equals(normalized(artifact))) {
      throw other(subject, artifact);
    }
    if (!subject.equals(normalized(artifact))) {
      throw new RefusedException(
          Reason.OTHER_SPELLING,
          "it is about %s, which is neither how the file is spelt nor its normalised name"
              .formatted(quoted(subject)));
    }
  }

  private static ArtifactName parsed(String subject, ArtifactName artifact)
      throws RefusedException {
    try {
      if (artifact instanceof WheelName || subject.endsWith(".whl")) {
        return WheelName.parse(subject);
      }
    } catch (MalformedException e) {
      throw new RefusedException(
          Reason.MALFORMED_NAME, "it is about what is no file name: " + quoted(subject), e);
    }
    return ArtifactName.parseIfValid(subject, artifact.project())
        .orElseThrow(() -> other(subject, artifact));
  }

  private static RefusedException other(String subject, ArtifactName artifact) {
    return new RefusedException(
        Reason.OTHER_NAME,
        "it is about %s, not about %s".formatted(quoted(subject), artifact.filename()));
  }

  private static String normalized(ArtifactName name) {
    String beginning =
        "%s-%s".formatted(name.project().normalized().replace('-', '_'), name.version());
    return switch (name) {
      case SdistName sdist -> beginning + sdist.suffix();
      case WheelName wheel ->
          "%s%s-%s-%s-%s.whl"
              .formatted(
                  beginning,
                  wheel.build().map(build -> "-" + build).orElse(""),
                  sorted(wheel.pythonTags()),
                  sorted(wheel.abiTags()),
                  sorted(wheel.platformTags()));
    };
  }

  private static String sorted(Collection<String> tags) {
    return String.join(".", new TreeSet<>(tags));
  }
}
