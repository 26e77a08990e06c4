package dev.gatehouse.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file in the data folder that tells commands on this machine where the server of this folder
 * listens.
 */
public final class AddressFile implements AutoCloseable {
  private final Path file;

  private AddressFile(Path file) {
    this.file = file;
  }

  /** Writes it. */
  public static AddressFile write(DataFolder folder, URI address) throws IOException {
    Path file = folder.path().resolve("address");
    Files.writeString(file, address + "\n");
    return new AddressFile(file);
  }

  /** Removes it: the server no longer listens. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
