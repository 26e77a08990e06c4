package dev.gatehouse.upstream;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundResponse;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.HtmlPages;
import dev.gatehouse.packaging.simple.JsonPages;
import dev.gatehouse.packaging.simple.ReadPage;
import dev.gatehouse.upstream.UpstreamFailure.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an index answered when it was asked for a page, and what that means. */
final class PageAnswer {
  private static final String JSON = "application/vnd.pypi.simple.v1+json";
  private static final String HTML = "application/vnd.pypi.simple.v1+html";
  private static final String LEGACY_HTML = "text/html";

  /** As pip accepts (PEP 691): indexes that know no JSON answer with what comes last. */
  static final String ACCEPT = JSON + ", " + HTML + ";q=0.2, " + LEGACY_HTML + ";q=0.01";

  private static final String REMEDY =
      "Check that the upstream's address is that of a simple index, as pip takes it.";

  private final OutboundResponse response;
  private final ProjectName project;
  private final Attempt attempt;

  PageAnswer(OutboundResponse response, ProjectName project, Attempt attempt) {
    this.response = response;
    this.project = project;
    this.attempt = attempt;
  }

  /**
   * The outcome. Only 404 and 410 say that there is no such project: an index that fails, or that
   * keeps strangers out, is not one that has nothing.
   *
   * @param conditional whether the answer may be that nothing changed
   */
  PageOutcome outcome(boolean conditional) {
    return switch (response.status()) {
      case 200 -> read();
      case 304 -> conditional ? new PageOutcome.NotModified(maxAge()) : unaskedNotModified();
      case 404, 410 -> new PageOutcome.Absent();
      default -> new PageOutcome.Unavailable(attempt.failed(response.status()));
    };
  }

  private PageOutcome unaskedNotModified() {
    return malformed("it says that the page did not change, though no earlier page was named");
  }

  private PageOutcome read() {
    try {
      ReadPage read =
          switch (mediaType()) {
            case JSON -> JsonPages.read(response.body(), project, response.uri());
            case HTML, LEGACY_HTML -> HtmlPages.read(response.body(), project, response.uri());
            default -> null;
          };
      return read == null
          ? malformed("it answered with %s instead of a page".formatted(quoted(mediaType())))
          : new PageOutcome.Fresh(read.page(), validator(), maxAge(), read.problems());
    } catch (MalformedException e) {
      return malformed(e.getMessage());
    } catch (OutboundException e) {
      return new PageOutcome.Unavailable(attempt.failed(e));
    } catch (IOException e) {
      return malformed("the page could not be read to its end");
    }
  }

  private String mediaType() {
    String type = response.header("Content-Type").orElse("");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  private Validator validator() {
    return Validator.believed(
        response.header("ETag").orElse(null), response.header("Last-Modified").orElse(null));
  }

  private @Nullable Duration maxAge() {
    return MaxAge.of(response.header("Cache-Control"));
  }

  private PageOutcome malformed(@Nullable String problem) {
    return new PageOutcome.Unavailable(
        attempt.failed(
            Code.MALFORMED, problem == null ? "its page is malformed" : problem, REMEDY));
  }
}
