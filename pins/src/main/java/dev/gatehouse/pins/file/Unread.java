package dev.gatehouse.pins.file;

import dev.gatehouse.pins.text.Location;

/** Something that a file refers to and that was not read, with the reason: one sentence. */
public record Unread(Location location, String reason) {}
