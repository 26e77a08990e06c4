package dev.gatehouse.inspection.environment;

/** Whose layout of folders a machine has. */
public enum Platform {
  LINUX,
  MACOS,
  WINDOWS
}
