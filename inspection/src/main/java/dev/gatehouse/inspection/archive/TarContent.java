package dev.gatehouse.inspection.archive;

import java.io.IOException;

/** The data of an entry of a tar archive. */
final class TarContent extends EntryContent {
  private final TarReader tar;

  TarContent(TarReader tar, Observations seen, byte[] scratch) {
    super(seen, scratch);
    this.tar = tar;
  }

  @Override
  int unpack(byte[] target, int offset, int length) throws IOException {
    return tar.read(target, offset, length);
  }
}
