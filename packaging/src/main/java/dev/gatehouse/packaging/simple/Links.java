package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the addresses on a page against the page's own, and refuses those that nothing may be
 * fetched from.
 */
final class Links {
  /** Signed addresses of object stores reach 2,000. */
  private static final int LONGEST = 8_192;

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
    URI resolved = withoutDotsAtRoot(parsed.isAbsolute() ? parsed : base.resolve(parsed));
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
   * Takes {@code ..} away where there is nothing above (RFC 3986, section 5.2.4), which
   * java.net.URI leaves.
   */
  private static URI withoutDotsAtRoot(URI uri) {
    String path = uri.getRawPath();
    if (path == null || !path.startsWith("/../")) {
      return uri;
    }
    int start = 0;
    while (path.startsWith("/../", start)) {
      start += "/..".length();
    }
    String text = uri.toString();
    int pathStart = text.indexOf(path, text.indexOf(':'));
    return parse(text.substring(0, pathStart) + text.substring(pathStart + start));
  }

  private static String lower(@Nullable String scheme) {
    return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
  }
}
