package dev.gatehouse.inspection.startup;

import dev.gatehouse.inspection.code.Modules;
import dev.gatehouse.inspection.code.Moment;
import dev.gatehouse.inspection.code.SourceInspection;
import dev.gatehouse.inspection.code.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Knows a few words, so that these tests show what is done with a judgement, not the judgement. */
public final class FakeSource implements SourceInspection {
  @Override
  public Reading python(String path, byte[] source, Moment moment, Modules modules) {
    return new Reading(List.of(), List.of());
  }

  @Override
  public Reading script(String path, byte[] source, Moment moment) {
    return new Reading(List.of(), List.of());
  }

  @Override
  public Set<Trait> traits(String code, Modules modules) {
    Set<Trait> deeds = EnumSet.noneOf(Trait.class);
    if (code.contains("b64decode")) {
      deeds.add(Trait.DECODES);
    }
    if (code.contains("Popen")) {
      deeds.add(Trait.SPAWNS);
    }
    if (code.contains("urlopen")) {
      deeds.add(Trait.NETWORK);
    }
    if (code.contains("sys.executable")) {
      deeds.add(Trait.NAMES_INTERPRETER);
    }
    return deeds;
  }
}
