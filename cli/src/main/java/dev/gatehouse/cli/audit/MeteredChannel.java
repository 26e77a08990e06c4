package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.report.Meter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file opened for reading, whose meter runs. */
final class MeteredChannel implements SeekableByteChannel {
  private final SeekableByteChannel file;
  private final Meter meter;

  private MeteredChannel(SeekableByteChannel file, Meter meter) {
    this.file = file;
    this.meter = meter;
  }

  static MeteredChannel open(Path path, Meter meter) throws IOException {
    return new MeteredChannel(Files.newByteChannel(path, StandardOpenOption.READ), meter);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int read = file.read(into);
    if (read > 0) {
      meter.add(read);
    }
    return read;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
