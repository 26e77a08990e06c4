package dev.gatehouse.advisories;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A source of records as one file that another program can read: a file as it is, of a folder a zip
 * of its records.
 */
public final class AdvisoryCopy {
  private static final int DEEPEST_FOLDER = 20;

  private AdvisoryCopy() {}

  /** Whether the copy is a zip; else it is JSON. */
  public static boolean isZip(Path source) throws IOException {
    return Files.isDirectory(source) || AdvisoryFiles.isZip(source);
  }

  /**
   * Writes the copy.
   *
   * @param out not closed
   */
  public static void write(Path source, OutputStream out) throws IOException {
    if (Files.isDirectory(source)) {
      writeZip(source, out);
    } else {
      try (InputStream in = Files.newInputStream(source)) {
        in.transferTo(out);
      }
    }
  }

  /** As {@link Advisories#read} goes through a folder: links to others are not followed. */
  private static void writeZip(Path folder, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    try (Stream<Path> tree = Files.walk(folder, DEEPEST_FOLDER)) {
      Iterator<Path> records =
          tree.filter(file -> file.toString().endsWith(".json"))
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .sorted()
              .iterator();
      while (records.hasNext()) {
        Path file = records.next();
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    zip.finish();
  }
}
