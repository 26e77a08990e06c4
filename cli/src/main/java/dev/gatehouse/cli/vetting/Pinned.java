package dev.gatehouse.cli.vetting;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A version that a command is about.
 *
 * @param project whose version it is
 * @param version exactly which
 */
record Pinned(ProjectName project, Version version) {
  /** For addresses: what is normalised holds nothing that has to be escaped but {@code +}. */
  String path() {
    return project + "/" + version.toString().replace("+", "%2B").replace("!", "%21");
  }

  @Override
  public String toString() {
    return project + "==" + version;
  }

  /** Reads {@code PROJECT==VERSION}. */
  static final class Converter implements ITypeConverter<Pinned> {
    @Override
    public Pinned convert(String text) {
      int equals = text.indexOf("==");
      if (equals > 0) {
        try {
          return new Pinned(
              ProjectName.parse(text.substring(0, equals).strip()),
              Version.parse(text.substring(equals + 2).strip()));
        } catch (MalformedException e) {
          throw new TypeConversionException(e.getMessage());
        }
      }
      throw new TypeConversionException(
          "must be PROJECT==VERSION, such as litellm==1.82.6, not " + quoted(text));
    }
  }
}
