package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.PageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a representation of the simple API (PEP 691, "Version + Format Selection"; RFC 9110,
 * section 12.5.1). Among types that the client likes equally, JSON is ours where the client names
 * it, and {@code text/html} where it takes anything.
 */
final class Negotiation {
  private static final String OFFERED =
      "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html and text/html";

  /**
   * How well a media range fits a type: a named type counts before {@code type/*}, that before
   * {@code *}{@code /*}.
   */
  private record Fit(int specificity, double quality) {}

  private Negotiation() {}

  static PageFormat choose(Exchange exchange) {
    Optional<String> format = exchange.queryParameter("format");
    return format
        .map(Negotiation::named)
        .orElseGet(() -> accepted(exchange.headerList(HttpHeader.ACCEPT)))
        .orElseThrow(() -> Problems.notAcceptable(OFFERED).asException());
  }

  static Optional<PageFormat> named(String type) {
    return switch (type.strip().toLowerCase(Locale.ROOT)) {
      case "application/vnd.pypi.simple.v1+json", "application/vnd.pypi.simple.latest+json" ->
          Optional.of(PageFormat.JSON);
      case "application/vnd.pypi.simple.v1+html", "application/vnd.pypi.simple.latest+html" ->
          Optional.of(PageFormat.HTML);
      case "text/html" -> Optional.of(PageFormat.TEXT_HTML);
      default -> Optional.empty();
    };
  }

  static Optional<PageFormat> accepted(List<String> ranges) {
    if (ranges.isEmpty()) {
      return Optional.of(PageFormat.TEXT_HTML);
    }
    PageFormat best = null;
    Fit bestFit = null;
    for (PageFormat format : List.of(PageFormat.JSON, PageFormat.HTML, PageFormat.TEXT_HTML)) {
      Fit fit = fit(format, ranges);
      if (fit != null && fit.quality() > 0 && isBetter(format, fit, bestFit)) {
        best = format;
        bestFit = fit;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean isBetter(PageFormat format, Fit fit, @Nullable Fit than) {
    if (than == null || fit.quality() != than.quality()) {
      return than == null || fit.quality() > than.quality();
    }
    boolean anything = fit.specificity() == 0 && than.specificity() == 0;
    return fit.specificity() > than.specificity() || (anything && format == PageFormat.TEXT_HTML);
  }

  private static @Nullable Fit fit(PageFormat format, List<String> ranges) {
    Fit best = null;
    for (String range : ranges) {
      String[] parts = range.split(";", -1);
      int specificity = specificity(format, parts[0].strip());
      if (specificity >= 0 && (best == null || specificity > best.specificity())) {
        best = new Fit(specificity, quality(parts));
      }
    }
    return best;
  }

  private static int specificity(PageFormat format, String range) {
    if (named(range).filter(format::equals).isPresent()) {
      return 2;
    }
    String type = format.mediaType().substring(0, format.mediaType().indexOf('/') + 1);
    return range.equals(type + "*") ? 1 : range.equals("*/*") ? 0 : -1;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=") || parameter.startsWith("Q=")) {
        try {
          return Math.clamp(Double.parseDouble(parameter.substring(2)), 0, 1);
        } catch (NumberFormatException notNumber) {
          return 0;
        }
      }
    }
    return 1;
  }
}
