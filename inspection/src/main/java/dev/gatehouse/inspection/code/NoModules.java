package dev.gatehouse.inspection.code;

import java.util.Optional;

/** A file that is judged alone. */
enum NoModules implements Modules {
  NONE;

  @Override
  public Optional<Module> module(String importer, String dotted) {
    return Optional.empty();
  }

  @Override
  public Optional<Module> script(String ending) {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> data(String reader, String ending) {
    return Optional.empty();
  }

  @Override
  public boolean isPassedOver(String reader, String ending) {
    return false;
  }
}
