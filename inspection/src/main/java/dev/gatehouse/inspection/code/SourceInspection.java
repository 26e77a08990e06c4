package dev.gatehouse.inspection.code;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
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
   * @param outside the modules and scripts of the same distribution that it calls by itself: what
   *     they do when called is only seen when it is judged together with them
   * @param isCapable whether its functions do anything that an attack needs
   * @param abilities what all of it does, whoever calls it
   */
  record Reading(
      List<Finding> findings,
      List<Problem> problems,
      Set<String> outside,
      boolean isCapable,
      Set<Trait> abilities) {
    /** Takes copies. */
    public Reading {
      findings = List.copyOf(findings);
      problems = List.copyOf(problems);
      outside = Set.copyOf(outside);
      abilities = Set.copyOf(abilities);
    }

    /** Of something that calls nothing. */
    public Reading(List<Finding> findings, List<Problem> problems) {
      this(findings, problems, Set.of(), false, Set.of());
    }
  }

  /** Judges a file of Python that is executed at that moment. */
  default Reading python(String path, byte[] source, Moment moment) {
    return python(path, source, moment, Modules.none());
  }

  /**
   * Judges what a file of Python does by itself, together with the modules that it imports. What
   * only happens when somebody calls it is told of each file alone.
   */
  Reading python(String path, byte[] source, Moment moment, Modules modules);

  /** Judges a file of shell, JavaScript, PowerShell or batch. */
  Reading script(String path, byte[] source, Moment moment);

  /** What one line of Python does. */
  default Set<Trait> traits(String code) {
    return traits(code, Modules.none());
  }

  /** What one line of Python does, together with the modules that it imports. */
  Set<Trait> traits(String code, Modules modules);
}
