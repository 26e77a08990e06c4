package dev.gatehouse.comparison.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.comparison.Comparison;
import dev.gatehouse.comparison.SourceComparison;
import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.comparison.source.SourceLimits;
import dev.gatehouse.comparison.source.SourceLocation;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories of a forge on loopback are brought here. */
class RemoteRepositoriesIT {
  @TempDir Path folder;
  private final Outbound outbound = new Outbound(OutboundSettings.direct());
  private FakeForge forge;
  private Git origin;

  @BeforeEach
  void publish() throws Exception {
    forge = new FakeForge();
    origin =
        Git.init().setDirectory(folder.resolve("origin").toFile()).setInitialBranch("trunk").call();
    commit("one");
    origin.tag().setName("v1.0").setAnnotated(true).setMessage("one").call();
    forge.serving(origin.getRepository());
  }

  @AfterEach
  void stop() throws IOException {
    origin.close();
    forge.close();
    outbound.close();
  }

  private ObjectId commit(String text) throws IOException, GitAPIException {
    Files.writeString(folder.resolve("origin/demo.py"), "# " + text + "\n");
    origin.add().addFilepattern("demo.py").call();
    return origin
        .commit()
        .setMessage(text)
        .setAuthor("A", "a@example.com")
        .setCommitter("A", "a@example.com")
        .setSign(false)
        .call();
  }

  private RemoteRepositories remote(RemoteLimits limits) {
    return new RemoteRepositories(
        outbound, folder.resolve("cache"), limits, InstantSource.system());
  }

  private RemoteRepositories.Fetched fetch() throws SourceException {
    return remote(RemoteLimits.DEFAULT).fetch(forge.address(), true);
  }

  private static List<String> refs(Path path) throws IOException {
    try (Repository repository = new FileRepositoryBuilder().setGitDir(path.toFile()).build()) {
      List<String> names = new ArrayList<>();
      for (Ref ref : repository.getRefDatabase().getRefs()) {
        names.add(ref.getName());
      }
      return new TreeSet<>(names).stream().toList();
    }
  }

  @Test
  void branchesAndTagsAreHereBareAndWhatIsCurrentIsKnown() throws Exception {
    RefUpdate proposed = origin.getRepository().updateRef("refs/pull/1/head");
    proposed.setNewObjectId(origin.getRepository().resolve("HEAD"));
    proposed.update();

    Path path = fetch().path();

    assertThat(refs(path)).containsExactly("HEAD", "refs/heads/trunk", "refs/tags/v1.0");
    try (Repository here = new FileRepositoryBuilder().setGitDir(path.toFile()).build()) {
      assertThat(here.isBare()).isTrue();
      assertThat(here.getFullBranch()).isEqualTo("refs/heads/trunk");
      assertThat(here.resolve("v1.0^{commit}:demo.py")).isNotNull();
    }
    assertThat(forge.requests()).anyMatch(request -> request.startsWith("POST "));
  }

  @Test
  void tellsWhatTagsAndBranchesStandForAndKeepsNothing() throws Exception {
    ObjectId second = commit("two");
    origin.tag().setName("v2.0").setAnnotated(true).setMessage("two").call();
    ObjectId third = commit("three");
    origin.tag().setName("plain").setAnnotated(false).call();
    RefUpdate proposed = origin.getRepository().updateRef("refs/pull/1/head");
    proposed.setNewObjectId(third);
    proposed.update();

    assertThat(remote(RemoteLimits.DEFAULT).refs(forge.address(), true))
        .as("v2.0 is an object of its own, and stands for its commit")
        .containsEntry("refs/tags/v2.0", second.name())
        .containsEntry("refs/tags/plain", third.name())
        .containsEntry("refs/heads/trunk", third.name())
        .containsOnlyKeys(
            "refs/heads/trunk", "refs/tags/plain", "refs/tags/v1.0", "refs/tags/v2.0");
    assertThat(forge.requests()).noneMatch(RemoteRepositoriesIT::isPack);
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void saysThatARepositoryWhoseRefsAreAskedForIsPrivateOrMissing() {
    forge.refuse(404);

    assertThatThrownBy(() -> remote(RemoteLimits.DEFAULT).refs(forge.address(), true))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("there is none, or it is private");
    assertThatThrownBy(() -> remote(RemoteLimits.DEFAULT).refs(URI.create("file:///tmp/x"), true))
        .isInstanceOf(SourceException.class);
  }

  @Test
  void onlyWhatIsNewIsFetchedAndAMovedTagIsTold() throws Exception {
    fetch();
    int asked = forge.requests().size();
    assertThat(fetch().movedTags()).isEmpty();
    assertThat(forge.requests().subList(asked, forge.requests().size()))
        .as("what is here is not sent again")
        .noneMatch(RemoteRepositoriesIT::isPack);

    ObjectId second = commit("two");
    origin.tag().setName("v1.0").setForceUpdate(true).setObjectId(null).call();
    origin.tag().setName("v2.0").call();
    RemoteRepositories.Fetched again = fetch();

    assertThat(again.movedTags()).containsExactly("v1.0");
    assertThat(fetch().movedTags()).as("whoever looks later is told, too").containsExactly("v1.0");
    try (Repository here = new FileRepositoryBuilder().setGitDir(again.path().toFile()).build()) {
      assertThat(here.resolve("v1.0^{commit}")).isEqualTo(second);
    }
  }

  @Test
  void aVersionWhoseTagWasMovedIsTold() throws Exception {
    fetch();
    commit("two");
    origin.tag().setName("v1.0").setForceUpdate(true).call();
    RemoteRepositories.Fetched here = fetch();
    SampleArtifact wheel = WheelBuilder.wheel("demo", "1.0").file("demo.py", "# two\n").build();
    InstantSource clock = InstantSource.system();
    SourceComparison comparison =
        new SourceComparison(
            new Inspector(KnownBad.builtIn(), Limits.DEFAULT, clock), Limits.DEFAULT, clock);

    Comparison told;
    try (Source source =
        Source.open(
            new SourceLocation.Fetched(
                here.path(), "https://forge.example/demo", Set.copyOf(here.movedTags())),
            SourceLimits.DEFAULT,
            clock)) {
      told =
          comparison.compare(
              "demo",
              wheel.filename(),
              new SeekableInMemoryByteChannel(wheel.bytes()),
              source,
              null);
    }

    assertThat(told.findings())
        .extracting(Finding::message)
        .containsExactly(
            "The tag v1.0 stood for another commit when https://forge.example/demo was fetched"
                + " before.");
  }

  private static boolean isPack(String request) {
    return request.startsWith("POST ");
  }

  @Test
  void whatWasTakenAwayIsGoneHere() throws Exception {
    origin.tag().setName("v9").call();
    fetch();
    origin.tagDelete().setTags("v9").call();

    assertThat(refs(fetch().path())).doesNotContain("refs/tags/v9");
  }

  @Test
  void aRepositoryThatMovedIsFollowed() throws Exception {
    URI moved = URI.create(forge.address().toString().replace("/acme/", "/moved/"));

    Path path = remote(RemoteLimits.DEFAULT).fetch(moved, true).path();

    assertThat(refs(path)).contains("refs/tags/v1.0");
  }

  @Test
  void whatAStrangerNamesLeadsToNoPrivateAddress() {
    assertThatThrownBy(() -> remote(RemoteLimits.DEFAULT).fetch(forge.address(), false))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("Could not fetch " + forge.address() + ": ");
    assertThat(forge.requests()).isEmpty();
  }

  @Test
  void saysThatARepositoryIsPrivateOrMissing() {
    forge.refuse(401);
    assertThatThrownBy(this::fetch)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("there is none, or it is private");

    forge.refuse(404);
    assertThatThrownBy(this::fetch)
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("Could not fetch ")
        .hasMessageContaining("there is none, or it is private");
  }

  @Test
  void moreThanTheLimitIsGivenUp() throws Exception {
    Files.write(folder.resolve("origin/noise"), noise(1 << 20));
    origin.add().addFilepattern("noise").call();
    commit("noise");

    assertThatThrownBy(
            () ->
                remote(new RemoteLimits(100_000, Duration.ofMinutes(1)))
                    .fetch(forge.address(), true))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("larger");
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new java.util.Random(1).nextBytes(noise);
    return noise;
  }

  @Test
  void whatTakesTooLongIsGivenUp() {
    Instant[] now = {Instant.EPOCH};
    RemoteRepositories slow =
        new RemoteRepositories(
            outbound,
            folder.resolve("cache"),
            RemoteLimits.DEFAULT,
            () -> {
              now[0] = now[0].plus(Duration.ofMinutes(20));
              return now[0];
            });

    assertThatThrownBy(() -> slow.fetch(forge.address(), true))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("it takes more than 600 s");
  }

  @Test
  void tellsNoPassword() {
    forge.refuse(500);
    URI address = URI.create(forge.address().toString().replace("http://", "http://me:hunter2@"));

    assertThatThrownBy(() -> remote(RemoteLimits.DEFAULT).fetch(address, true))
        .isInstanceOf(SourceException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @Test
  void speaksNothingButHttp() {
    for (String address : List.of("file:///tmp/x", "git://127.0.0.1/x", "ssh://127.0.0.1/x")) {
      assertThatThrownBy(() -> remote(RemoteLimits.DEFAULT).fetch(URI.create(address), true))
          .isInstanceOf(SourceException.class);
    }
  }
}
