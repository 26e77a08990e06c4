package dev.gatehouse.gateway.secret;

import java.util.ArrayDeque;
import java.util.Deque;

/** A key-encryption key before whose unwrapping something else happens. */
final class InterruptedKey implements KeyEncryptionKey {
  private final FileKey file;
  private final Deque<Event> events = new ArrayDeque<>();

  /** What happens. */
  @FunctionalInterface
  interface Event {
    void happen() throws SecretException;
  }

  InterruptedKey(FileKey file) {
    this.file = file;
  }

  void beforeTheNextUnwrapping(Event event) {
    events.add(event);
  }

  @Override
  public Wrapped wrap(byte[] dataKey, byte[] context) {
    return file.wrap(dataKey, context);
  }

  @Override
  public byte[] unwrap(Wrapped wrapped, byte[] context) throws SecretException {
    Event event = events.poll();
    if (event != null) {
      event.happen();
    }
    return file.unwrap(wrapped, context);
  }

  @Override
  public void beginRotation() throws SecretException {
    file.beginRotation();
  }

  @Override
  public void endRotation() throws SecretException {
    file.endRotation();
  }
}
