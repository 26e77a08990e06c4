package dev.gatehouse.pins.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** The text of one file, and which line and column an offset in it is. */
public final class SourceText {
  /**
   * In bytes. The uv.lock of Apache Airflow, the largest that we know of, has about 4 MB; within 16
   * a reader stays below the memory that the commands are given.
   */
  public static final int LARGEST = 16 << 20;

  private final Path file;
  private final String text;
  private final Encoding encoding;
  private final int[] lineStarts;

  /** How the file was written; PowerShell's {@code >} writes UTF-16 with a mark. */
  private enum Encoding {
    UTF_8(StandardCharsets.UTF_8),
    UTF_16_LE(StandardCharsets.UTF_16LE),
    UTF_16_BE(StandardCharsets.UTF_16BE),
    UNMARKED(StandardCharsets.UTF_8);

    private final Charset charset;

    Encoding(Charset charset) {
      this.charset = charset;
    }

    byte[] mark() {
      return this == UNMARKED ? new byte[0] : "\ufeff".getBytes(charset);
    }

    static Encoding of(byte[] content) {
      return Stream.of(values())
          .filter(encoding -> encoding.begins(content))
          .findFirst()
          .orElse(UNMARKED);
    }

    private boolean begins(byte[] content) {
      byte[] mark = mark();
      return content.length >= mark.length
          && Arrays.equals(content, 0, mark.length, mark, 0, mark.length);
    }
  }

  private SourceText(Path file, String text, Encoding encoding) {
    this.file = file;
    this.text = text;
    this.encoding = encoding;
    this.lineStarts = lineStarts(text);
  }

  /**
   * Reads a file.
   *
   * @throws PinFileException where it is not there, is no file, is larger than 16 MiB, or is no
   *     text of UTF-8 (or of UTF-16 with a mark)
   */
  public static SourceText read(Path file) {
    if (Files.isDirectory(file)) {
      throw new PinFileException(file, "expected a file, not a folder");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return of(file, in.readNBytes(LARGEST + 1));
    } catch (NoSuchFileException e) {
      throw new PinFileException(file, "there is no such file");
    } catch (IOException e) {
      throw new PinFileException(file, "it cannot be opened: " + e.getMessage());
    }
  }

  /**
   * Takes what a file holds.
   *
   * @throws PinFileException as {@link #read} does
   */
  public static SourceText of(Path file, byte[] content) {
    if (content.length > LARGEST) {
      throw new PinFileException(file, "expected at most %d MiB".formatted(LARGEST >> 20));
    }
    Encoding encoding = Encoding.of(content);
    int start = encoding.mark().length;
    try {
      String text = decoded(content, start, encoding.charset);
      SourceText source = new SourceText(file, text, encoding);
      int nul = text.indexOf('\0');
      if (nul >= 0) {
        throw source.expected(nul, "expected text, not a NUL: this is a binary file");
      }
      return source;
    } catch (CharacterCodingException e) {
      throw new PinFileException(
          file, "expected text in UTF-8: this is a binary file, or one in another encoding");
    }
  }

  private static String decoded(byte[] content, int start, Charset charset)
      throws CharacterCodingException {
    // The quick way puts U+FFFD where something is wrong; only a text with one needs the slow way.
    String quick = new String(content, start, content.length - start, charset);
    return quick.indexOf('\ufffd') < 0
        ? quick
        : charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(content, start, content.length - start))
            .toString();
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int lines = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean both = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !both)) {
        if (lines == starts.length) {
          starts = Arrays.copyOf(starts, lines * 2);
        }
        starts[lines++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, lines);
  }

  /** The file, as it was named. */
  public Path file() {
    return file;
  }

  /** The text, without a byte order mark. */
  public String text() {
    return text;
  }

  /** Which place an offset in the text is; the end of the text is one, too. */
  public Location location(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Location(file, line + 1, offset - lineStarts[line] + 1);
  }

  /** What to throw where something else was expected at an offset. */
  public PinFileException expected(int offset, String expectation) {
    return new PinFileException(location(offset), expectation);
  }

  /** Another text as bytes in the encoding of this file, with its mark. */
  public byte[] encode(String other) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(other.length() + 3);
    bytes.writeBytes(encoding.mark());
    bytes.writeBytes(other.getBytes(encoding.charset));
    return bytes.toByteArray();
  }
}
