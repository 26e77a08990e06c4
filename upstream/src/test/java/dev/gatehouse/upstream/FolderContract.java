package dev.gatehouse.upstream;

import static dev.gatehouse.samples.WheelBuilder.wheel;
import static dev.gatehouse.upstream.Outcomes.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.samples.SampleArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract for a folder, in one of the forms that it can have. */
abstract class FolderContract extends UpstreamContract {
  @TempDir Path temporary = Path.of("");

  private final Outbound outbound = new Outbound(OutboundSettings.direct());
  private final List<SampleArtifact> published = new ArrayList<>();

  /** Writes all of it anew. */
  abstract void write(Path root, List<SampleArtifact> artifacts) throws IOException;

  /** Where the artifact lies. */
  abstract Path fileOf(Path root, SampleArtifact artifact);

  @BeforeEach
  void makeRoot() throws IOException {
    Files.createDirectory(root());
  }

  @AfterEach
  void close() throws IOException {
    outbound.close();
  }

  final Path root() {
    return temporary.resolve("root");
  }

  @Override
  Upstream upstream() {
    return Upstreams.open(
        new UpstreamSettings("folder", root().toUri(), null, List.of(), List.of()), outbound);
  }

  @Override
  void publish(SampleArtifact artifact) throws IOException {
    published.add(artifact);
    write(root(), published);
  }

  @Override
  void losesFile(SampleArtifact artifact) throws IOException {
    Files.delete(fileOf(root(), artifact));
  }

  @Override
  void goesDown() throws IOException {
    Files.move(root(), temporary.resolve("moved"));
  }

  @Test
  void listsItsProjects() throws Exception {
    publish(wheel("Acme_Tools", "1.0").build());
    publish(wheel("acme", "1.0").build());

    assertThat(upstream().projects())
        .containsExactly(ProjectName.parse("acme"), ProjectName.parse("acme-tools"));
  }

  @Test
  void isDatedByWhoeverFillsIt() throws Exception {
    publish(wheel("acme", "1.0").build());

    assertThat(upstream().datedByOperator()).isTrue();
  }

  @Test
  void knowsTheSizeOfEachFile() throws Exception {
    SampleArtifact wheel = wheel("acme", "1.0").build();
    publish(wheel);

    assertThat(only(fresh(ACME)).size()).isEqualTo(wheel.size());
  }

  @Test
  void seesAFileThatWasReplaced() throws Exception {
    publish(wheel("acme", "1.0").build());
    Upstream upstream = upstream();
    assertThat(upstream.page(ACME, null)).isInstanceOf(PageOutcome.Fresh.class);
    SampleArtifact other = wheel("acme", "1.0").requiresDist("idna").build();

    write(root(), List.of(other));

    assertThat(only(Outcomes.fresh(upstream.page(ACME, null))).sha256()).contains(other.sha256());
  }

  @Test
  void namesAddressesInsideOfTheFolder() throws Exception {
    SampleArtifact wheel = wheel("acme", "1.0").build();
    publish(wheel);

    assertThat(Path.of(only(fresh(ACME)).url())).isEqualTo(fileOf(root(), wheel));
  }
}
