package dev.gatehouse.gateway.litellm;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.gateway.litellm.Remark.Kind;
import dev.gatehouse.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;

/** Gathers remarks while a configuration is read. */
final class Remarks {
  /**
   * A hostile file has many keys: what is told stays readable, and what was left out is counted.
   */
  static final int MOST = 2000;

  private final List<Remark> all = new ArrayList<>();
  private int leftOut;

  void lost(Yaml.Place at, String key, String why, String remedy) {
    add(Kind.NOT_HONOURED, at, key, why, remedy);
  }

  void step(Yaml.Place at, String key, String why, String remedy) {
    add(Kind.STEP, at, key, why, remedy);
  }

  void note(Yaml.Place at, String key, String why) {
    add(Kind.NOTE, at, key, why, "");
  }

  private void add(Kind kind, Yaml.Place at, String key, String why, String remedy) {
    if (all.size() >= MOST) {
      leftOut++;
      return;
    }
    all.add(new Remark(kind, at.file(), at.line(), Printable.of(key, 120), why, remedy));
  }

  /** All, in the order in which they were found; the last one counts what is not told. */
  List<Remark> all() {
    if (leftOut == 0) {
      return List.copyOf(all);
    }
    List<Remark> told = new ArrayList<>(all);
    Remark last = all.getLast();
    told.add(
        new Remark(
            Kind.NOT_HONOURED,
            last.file(),
            last.line(),
            "(more)",
            "%d more remarks are left out.".formatted(leftOut),
            "Mend what is listed, and import again."));
    return told;
  }
}
