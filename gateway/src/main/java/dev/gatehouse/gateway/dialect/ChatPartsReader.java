package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a chat completion's messages. */
final class ChatPartsReader {
  private ChatPartsReader() {}

  static List<Part> read(List<Fields> given) throws UntranslatableException {
    List<Part> parts = new ArrayList<>();
    for (Fields part : given) {
      parts.add(
          switch (part.needText("type")) {
            case "text" -> new Part.Text(part.needText("text"));
            case "refusal" -> new Part.Text(part.needText("refusal"));
            case "image_url" -> image(part.needObject("image_url"));
            case "file" -> file(part.needObject("file"));
            case "input_audio" ->
                throw part.cannot("type", "\"input_audio\" cannot be translated for this model.");
            default -> throw part.cannot("type", "is unknown: use text, image_url or file.");
          });
      Part.CachePoint cache = CacheControls.read(part);
      if (part.take("prompt_cache_breakpoint") != null) {
        cache = cache == null ? new Part.CachePoint(false) : cache;
      }
      if (cache != null) {
        parts.add(cache);
      }
      part.end();
    }
    return parts;
  }

  private static Part image(Fields image) throws UntranslatableException {
    String url = image.needText("url");
    String detail = image.text("detail");
    image.end();
    return image(image, "url", url, detail);
  }

  static Part image(Fields of, String name, String url, @Nullable String detail)
      throws UntranslatableException {
    DataUri data = DataUri.read(url);
    if (data != null) {
      return new Part.Image(data.mediaType(), data.base64(), null, detail);
    }
    if (DataUri.isWeb(url)) {
      return new Part.Image(null, null, url, detail);
    }
    throw of.cannot(name, "has to be an https address or data:…;base64,….");
  }

  private static Part file(Fields file) throws UntranslatableException {
    if (file.has("file_id")) {
      throw file.cannot(
          "file_id", "cannot be translated: the file lies at the vendor. Send file_data.");
    }
    String name = file.text("filename");
    Part document = document(file, file.needText("file_data"), name);
    file.end();
    return document;
  }

  static Part document(Fields of, String data, @Nullable String name)
      throws UntranslatableException {
    DataUri uri = DataUri.read(data);
    if (uri == null) {
      throw of.cannot("file_data", "has to be data:…;base64,… with the file's media type.");
    }
    return new Part.Document(uri.mediaType(), uri.base64(), null, name);
  }
}
