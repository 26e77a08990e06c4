package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What is true of a data folder whenever nothing is being written; tests end with it. */
public final class StoreInvariants {
  private StoreInvariants() {}

  /** Nothing is left in staging, and every file among the blobs is what its name says. */
  public static void assertHold(DataFolder data) throws IOException {
    assertNothingIsStaged(data.staging());
    if (Files.exists(data.blobs())) {
      try (Stream<Path> files = Files.walk(data.blobs())) {
        assertThat(files.filter(Files::isRegularFile))
            .allSatisfy(StoreInvariants::assertDigestIsItsName);
      }
    }
  }

  private static void assertDigestIsItsName(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      assertThat(file).hasFileName(Sha256.of(in).hex());
    }
  }

  /** No file is left of what was not committed. */
  public static void assertNothingIsStaged(Path staging) throws IOException {
    if (Files.exists(staging)) {
      assertThat(staging).isEmptyDirectory();
    }
  }

  /** Every blob that the store lists can be read, and is what its name says. */
  public static void assertBlobsAreTrue(BlobStore store) throws IOException {
    try (Stream<Sha256> all = store.list()) {
      assertThat(all).allSatisfy(name -> assertDigestIs(name, store.find(name).orElseThrow()));
    }
  }

  private static void assertDigestIs(Sha256 name, Blob blob) throws IOException {
    try (InputStream in = Channels.newInputStream(blob.open())) {
      assertThat(Sha256.of(in)).as("the digest of the bytes of a blob").isEqualTo(name);
    }
  }
}
