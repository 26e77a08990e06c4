package dev.gatehouse.benchmarks;

import java.util.Locale;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report.
 *
 * @param what was measured
 * @param ours Gatehouse's figures
 * @param peer nginx's; empty where there is nothing to compare
 * @param ratio Gatehouse's over nginx's; empty as well
 * @param target what it should be; empty where nothing was promised
 * @param met whether it is; null without a target
 */
record Row(
    String what, String ours, String peer, String ratio, String target, @Nullable Boolean met) {

  /** A measurement with nothing beside it that should stay below a bound. */
  static Row below(String what, Figures ours, String format, String unit, double bound) {
    String target = "< " + format(format, bound) + " " + unit;
    return new Row(what, ours.text(format, unit), "", "", target, ours.median() < bound);
  }

  /** The same with nginx's figures beside it, which bound nothing. */
  static Row belowBeside(
      String what, Figures ours, Figures peer, String format, String unit, double bound) {
    Row alone = below(what, ours, format, unit, bound);
    return new Row(what, alone.ours, peer.text(format, unit), "", alone.target, alone.met);
  }

  /** A measurement without a target. */
  static Row plain(String what, Figures ours, String format, String unit) {
    return new Row(what, ours.text(format, unit), "", "", "", null);
  }

  /** Two sides whose ratio should be at least so much. */
  static Row atLeast(
      String what, Figures ours, Figures peer, String format, String unit, double bound) {
    return compared(what, ours, peer, format, unit, "≥ " + bound, ratio -> ratio >= bound);
  }

  /** Two sides whose ratio should be at most so much. */
  static Row atMost(
      String what, Figures ours, Figures peer, String format, String unit, double bound) {
    return compared(what, ours, peer, format, unit, "≤ " + bound, ratio -> ratio <= bound);
  }

  /** Two sides without a target. */
  static Row compared(String what, Figures ours, Figures peer, String format, String unit) {
    Row row = compared(what, ours, peer, format, unit, "", _ -> true);
    return new Row(what, row.ours, row.peer, row.ratio, "", null);
  }

  private static Row compared(
      String what,
      Figures ours,
      Figures peer,
      String format,
      String unit,
      String target,
      DoublePredicate isMet) {
    Figures ratio = ours.over(peer);
    return new Row(
        what,
        ours.text(format, unit),
        peer.text(format, unit),
        ratio.text("%.2f", ""),
        target,
        isMet.test(ratio.median()));
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  String markdown() {
    String verdict = met == null ? "" : met ? "yes" : "**no**";
    return "| " + String.join(" | ", what, ours, peer, ratio, target, verdict) + " |\n";
  }
}
