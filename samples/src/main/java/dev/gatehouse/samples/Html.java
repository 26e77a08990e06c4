package dev.gatehouse.samples;

import org.jspecify.annotations.Nullable;

/** As much HTML as pages need, written. */
final class Html {
  private Html() {}

  /** The attribute with a space before it; nothing when there is no value. */
  static String attribute(String name, @Nullable String value) {
    return value == null ? "" : " %s=\"%s\"".formatted(name, escaped(value));
  }

  static String meta(String name, String content) {
    return "<meta name=\"%s\" content=\"%s\">\n".formatted(name, escaped(content));
  }

  static String document(String title, String head, String body) {
    return """
    <!DOCTYPE html>
    <html>
    <head>
    <title>%s</title>
    %s</head>
    <body>
    %s</body>
    </html>
    """
        .formatted(escaped(title), head, body);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
