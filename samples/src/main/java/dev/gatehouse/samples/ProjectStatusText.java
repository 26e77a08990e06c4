package dev.gatehouse.samples;

import org.jspecify.annotations.Nullable;

/** A project's status as a page states it (PEP 792), valid or not. */
record ProjectStatusText(String status, @Nullable String reason) {}
