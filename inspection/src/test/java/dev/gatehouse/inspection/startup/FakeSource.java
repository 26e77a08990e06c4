package dev.gatehouse.inspection.startup;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.inspection.Moment;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Knows a few words, so that these tests show what is done with a judgement, not the judgement. */
public final class FakeSource implements SourceInspection {
  /** What it knows. */
  public enum Deed {
    DECODES,
    SPAWNS,
    NETWORK,
    NAMES_INTERPRETER
  }

  @Override
  public List<Finding> python(String path, byte[] source, Moment moment) {
    return List.of();
  }

  @Override
  public List<Finding> script(String path, byte[] source, Moment moment) {
    return List.of();
  }

  @Override
  public Set<Deed> traits(String code) {
    Set<Deed> deeds = EnumSet.noneOf(Deed.class);
    if (code.contains("b64decode")) {
      deeds.add(Deed.DECODES);
    }
    if (code.contains("Popen")) {
      deeds.add(Deed.SPAWNS);
    }
    if (code.contains("urlopen")) {
      deeds.add(Deed.NETWORK);
    }
    if (code.contains("sys.executable")) {
      deeds.add(Deed.NAMES_INTERPRETER);
    }
    return deeds;
  }
}
