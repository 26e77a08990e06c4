package dev.gatehouse.cli.pins;

import dev.gatehouse.pins.file.Requirement;

/** A requirement as one line of a requirements file, without hashes. */
final class PinLine {
  private PinLine() {}

  static String of(Requirement requirement) {
    String marker = requirement.marker() == null ? "" : " ; " + requirement.marker();
    return requirement + marker;
  }
}
