package dev.gatehouse.inspection.code;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.Moment;
import java.util.List;
import java.util.Set;

/**
 * What judges source code, by what it does and when it runs. {@code CodeInspector} is one; tests
 * have simpler ones.
 */
public interface SourceInspection {
  /**
   * What a source gave.
   *
   * @param problems where not all of it was looked at
   */
  record Reading(List<Finding> findings, List<Problem> problems) {
    /** Takes copies. */
    public Reading {
      findings = List.copyOf(findings);
      problems = List.copyOf(problems);
    }
  }

  /** Judges a file of Python that is executed at that moment. */
  Reading python(String path, byte[] source, Moment moment);

  /** Judges a file of shell, JavaScript, PowerShell or batch. */
  Reading script(String path, byte[] source, Moment moment);

  /** What one line of Python does. */
  Set<Trait> traits(String code);
}
