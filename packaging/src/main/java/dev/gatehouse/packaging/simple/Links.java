package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the addresses on a page against the page's own, and refuses those that nothing may be
 * fetched from.
 */
final class Links {
  /** What common servers take as a request line; signed addresses stay well below. */
  private static final int LONGEST = 8_192;

  /** A segment of one dot or two, encoded or not. */
  private static final Pattern DOTS = Pattern.compile("(?i)/(?:\\.|%2e){1,2}(?:/|$)");

  private final URI base;

  Links(URI base) {
    this.base = base;
  }

  /**
   * The absolute address, with the fragment that the reference had.
   *
   * @throws MalformedException when it is none, or neither http nor https; only a page that lies in
   *     a folder may point at files, or any index could have the server's own read
   */
  URI resolve(String reference) {
    if (reference.length() > LONGEST) {
      throw new MalformedException(
          "an address has at most %d characters, unlike %s".formatted(LONGEST, quoted(reference)));
    }
    URI parsed = parse(reference);
    URI resolved = withoutDots(parsed.isAbsolute() ? parsed : base.resolve(parsed));
    String scheme = lower(resolved.getScheme());
    boolean web = (scheme.equals("https") || scheme.equals("http")) && resolved.getHost() != null;
    boolean file = scheme.equals("file") && lower(base.getScheme()).equals("file");
    if ((!web && !file) || resolved.getRawPath() == null) {
      throw new MalformedException("not an address to fetch from: " + quoted(reference));
    }
    return resolved;
  }

  private static URI parse(String reference) {
    try {
      return new URI(reference.strip());
    } catch (URISyntaxException e) {
      throw new MalformedException("not an address: " + quoted(reference), e);
    }
  }

  /**
   * Resolves {@code .} and {@code ..}, and takes away those that have nothing above them (RFC 3986,
   * section 5.2.4), which java.net.URI leaves. Encoded ones are refused: some would resolve them
   * only after what was checked.
   */
  private static URI withoutDots(URI uri) {
    String path = uri.getRawPath();
    if (path == null || !DOTS.matcher(path).find()) {
      return uri;
    }
    URI normal = uri.normalize();
    String climbing = normal.getRawPath();
    int start = 0;
    while (climbing.startsWith("/../", start)) {
      start += "/..".length();
    }
    if (DOTS.matcher(climbing).region(start, climbing.length()).find()) {
      throw new MalformedException("not an address: " + quoted(uri.toString()));
    }
    String text = normal.toString();
    int pathStart = text.indexOf(climbing, text.indexOf(':'));
    return parse(text.substring(0, pathStart) + text.substring(pathStart + start));
  }

  private static String lower(@Nullable String scheme) {
    return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
  }
}
