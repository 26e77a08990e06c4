package dev.gatehouse.gateway.secret;

/** A key-encryption key whose process dies at one step of a rotation. */
record BreakingKey(FileKey file, Step at) implements KeyEncryptionKey {
  enum Step {
    BEFORE_THE_NEW_KEY,
    AFTER_THE_NEW_KEY,
    AFTER_THE_RECORDS,
    AFTER_THE_END
  }

  private void reach(Step step) throws SecretException {
    if (step == at) {
      throw new SecretException(step.name());
    }
  }

  @Override
  public Wrapped wrap(byte[] dataKey, byte[] context) {
    return file.wrap(dataKey, context);
  }

  @Override
  public byte[] unwrap(Wrapped wrapped, byte[] context) throws SecretException {
    return file.unwrap(wrapped, context);
  }

  @Override
  public void beginRotation() throws SecretException {
    reach(Step.BEFORE_THE_NEW_KEY);
    file.beginRotation();
    reach(Step.AFTER_THE_NEW_KEY);
  }

  @Override
  public void endRotation() throws SecretException {
    reach(Step.AFTER_THE_RECORDS);
    file.endRotation();
    reach(Step.AFTER_THE_END);
  }
}
