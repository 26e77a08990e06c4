package dev.gatehouse.pins.file;

import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.pins.text.Location;

/** A hash, and where it is stated. */
public record StatedHash(FileHash hash, Location location) {}
