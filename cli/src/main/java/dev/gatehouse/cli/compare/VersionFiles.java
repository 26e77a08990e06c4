package dev.gatehouse.cli.compare;

import dev.gatehouse.cli.index.IndexAddress;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.attestation.AttestationLimits;
import dev.gatehouse.upstream.FileOutcome;
import dev.gatehouse.upstream.PageOutcome;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamFailure;
import dev.gatehouse.upstream.Upstreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files of a version, fetched from an index into a folder so that they can be looked at: its sdist,
 * its wheel for any platform, or where it has none one of the others.
 */
final class VersionFiles {
  private final Upstream index;
  private final IndexAddress address;

  VersionFiles(IndexAddress address, Outbound outbound) {
    this.address = address;
    this.index = Upstreams.open(address.settings(), outbound);
  }

  /**
   * Fetches them.
   *
   * @throws CommandFailure where the index has none, or cannot be asked
   */
  List<Subject> fetch(ProjectName project, Version version, Path folder) throws IOException {
    List<PageFile> all =
        switch (index.page(project, null)) {
          case PageOutcome.Fresh fresh ->
              fresh.page().files().stream()
                  .filter(file -> file.name().version().equals(version))
                  .toList();
          case PageOutcome.Unavailable(UpstreamFailure failure) ->
              throw failed(project + " " + version, failure.problem());
          case PageOutcome.Absent _, PageOutcome.NotModified _ -> List.of();
        };
    if (all.isEmpty()) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not find %s %s: %s has no such version."
              .formatted(project, version, address.settings().name()),
          "Name a file, or another index with --index-url.");
    }
    List<Subject> fetched = new ArrayList<>();
    for (PageFile file : chosen(all)) {
      fetched.add(new Subject(fetch(file, folder), file.name().filename()));
    }
    return fetched;
  }

  private static List<PageFile> chosen(List<PageFile> all) {
    List<PageFile> chosen = new ArrayList<>();
    wheel(all).ifPresent(chosen::add);
    all.stream()
        .filter(file -> !(file.name() instanceof WheelName))
        .findFirst()
        .ifPresent(chosen::add);
    return chosen;
  }

  private static Optional<PageFile> wheel(List<PageFile> all) {
    List<PageFile> wheels = all.stream().filter(file -> file.name() instanceof WheelName).toList();
    return wheels.stream()
        .filter(file -> file.name() instanceof WheelName name && isForAny(name))
        .findFirst()
        .or(() -> wheels.stream().findFirst());
  }

  private static boolean isForAny(WheelName name) {
    return name.platformTags().contains("any");
  }

  private Path fetch(PageFile file, Path folder) throws IOException {
    String name = file.name().filename();
    return switch (index.artifact(file)) {
      case FileOutcome.Content content -> {
        try (content) {
          fetchProvenance(file, folder.resolve(name + ".provenance"));
          yield store(content.body(), file, folder.resolve(name));
        } catch (IOException e) {
          throw failed(name, Reasons.of(e));
        }
      }
      case FileOutcome.Absent _ -> throw failed(name, "the index lists it and does not have it");
      case FileOutcome.Unavailable(UpstreamFailure failure) ->
          throw failed(name, failure.problem());
    };
  }

  /**
   * Beside the artifact, where it is looked for. One that is named and not there proves nothing.
   */
  private void fetchProvenance(PageFile file, Path target) throws IOException {
    if (file.provenance() != null
        && index.provenance(file) instanceof FileOutcome.Content content) {
      try (content) {
        Files.write(target, content.body().readNBytes(AttestationLimits.DOCUMENT + 1));
      }
    }
  }

  private static Path store(InputStream body, PageFile file, Path target) throws IOException {
    DigestInputStream in = new DigestInputStream(body, Sha256.newDigest());
    try (OutputStream out = Files.newOutputStream(target)) {
      in.transferTo(out);
    }
    @Nullable Sha256 stated = file.sha256().orElse(null);
    if (stated != null && !stated.equals(Sha256.of(in.getMessageDigest().digest()))) {
      throw new IOException("its bytes are not those that the index states the hash of");
    }
    return target;
  }

  private CommandFailure failed(String what, String why) {
    return new CommandFailure(
        ExitCode.INCOMPLETE,
        "Could not fetch %s from %s: %s."
            .formatted(Printable.of(what, 200), address.settings().name(), Printable.of(why, 300)),
        "Try again, or name a file that is here.");
  }
}
