package dev.gatehouse.inspection.code;

import dev.gatehouse.inspection.python.SourceText;
import dev.gatehouse.inspection.python.SyntaxTree;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the other modules of what is inspected, so that a payload in several files is seen whole.
 */
public interface Modules {
  /** A module of the same distribution or folder. For one thread. */
  final class Module {
    private final String path;
    private final byte[] source;
    private @Nullable SyntaxTree tree;

    /**
     * Takes a module.
     *
     * @param path as findings name it
     * @param source its bytes; not to be changed
     */
    public Module(String path, byte[] source) {
      this.path = path;
      this.source = source;
    }

    /** As findings name it. */
    public String path() {
      return path;
    }

    /** Parsed the first time that it is asked for. */
    SyntaxTree tree() {
      SyntaxTree parsed = tree;
      if (parsed == null) {
        parsed = SyntaxTree.of(SourceText.of(source).text());
        tree = parsed;
      }
      return parsed;
    }
  }

  /**
   * The file that importing a name runs.
   *
   * @param importer the path of the file that imports
   * @param dotted a module's name; a relative one begins with its dots
   */
  Optional<Module> module(String importer, String dotted);

  /**
   * A file by the end of its path.
   *
   * @param ending with slashes
   */
  Optional<Module> script(String ending);

  /**
   * What a file that is no module holds.
   *
   * @param reader the path of the file that reads it
   * @param ending of its path, with slashes
   */
  Optional<byte[]> data(String reader, String ending);

  /** Whether there is such a file, of which the content was not kept. */
  boolean isPassedOver(String reader, String ending);

  /** Finds nothing. */
  static Modules none() {
    return NoModules.NONE;
  }
}
