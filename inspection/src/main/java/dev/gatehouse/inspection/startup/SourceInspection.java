package dev.gatehouse.inspection.startup;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.inspection.Moment;
import java.util.List;
import java.util.Set;

/**
 * What judges source code, by what it does and when it runs. {@code CodeInspector} is one; tests
 * have simpler ones.
 */
public interface SourceInspection {
  /** Findings on a file of Python that is executed at that moment. */
  List<Finding> python(String path, byte[] source, Moment moment);

  /** Findings on a file of shell, JavaScript, PowerShell or batch. */
  List<Finding> script(String path, byte[] source, Moment moment);

  /** What one line of Python does: constants with names such as {@code SPAWNS}. */
  Set<? extends Enum<?>> traits(String code);
}
