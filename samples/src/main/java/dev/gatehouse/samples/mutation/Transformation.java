package dev.gatehouse.samples.mutation;

import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Rewrites the files of a package. */
public interface Transformation {
  /** A name for tables: {@code layer-base64}. */
  String name();

  /**
   * Rewrites one file, and others where it must.
   *
   * @param files all files of the package by their paths in the wheel; not changed
   * @param path the file of Python, or the {@code .pth}, that carries the payload
   * @return the files then; empty where it cannot be applied
   */
  Optional<Map<String, byte[]>> apply(
      Map<String, byte[]> files, String path, RandomGenerator random);
}
