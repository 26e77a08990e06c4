package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Problem;
import java.util.List;

/**
 * Something to be looked at whose files are known before any is read: so that a disk gives them one
 * after the other, and an image in the order of its layers. For one target; not for several
 * threads.
 */
interface Survey {
  /** The files to be read, the same at each call. */
  List<Want> wants();

  /** Says that a file was not read. */
  void add(Problem problem);

  /** Judges the whole, once all files were given. */
  Outcome finish();
}
