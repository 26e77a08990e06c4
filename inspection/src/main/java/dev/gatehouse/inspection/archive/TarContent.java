package dev.gatehouse.inspection.archive;

import java.io.IOException;
import java.io.InputStream;

/** The data of an entry of a tar archive. */
final class TarContent extends EntryContent {
  private final InputStream data;

  TarContent(InputStream data, Observations seen, byte[] scratch) {
    super(seen, scratch);
    this.data = data;
  }

  @Override
  int unpack(byte[] target, int offset, int length) throws IOException {
    return data.read(target, offset, length);
  }
}
