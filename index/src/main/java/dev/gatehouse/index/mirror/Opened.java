package dev.gatehouse.index.mirror;

import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;

/** The answer to "give me this file". Whoever gets a channel closes it. */
public sealed interface Opened {
  /** It is kept: verified, whole, at rest. */
  record Kept(KeptFile file, SeekableByteChannel channel) implements Opened {}

  /**
   * It is on its way. The channel gives its bytes as they arrive and blocks in between; its last
   * bytes come only after the whole file was verified. Where that fails it throws {@link
   * ArrivalFailedException}.
   *
   * @param size how many bytes it will have
   */
  record Arriving(long size, ReadableByteChannel channel) implements Opened {}

  /** It could not be had. */
  record Failed(MirrorFailure failure) implements Opened {}
}
