package dev.gatehouse.comparison.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.comparison.source.BlobId;
import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.comparison.source.Tree;
import dev.gatehouse.comparison.source.TreeFile;
import dev.gatehouse.inspection.site.FileRole;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Shows of a file that the build made it, and of what: from its content, whatever it is called. A
 * file that has a counterpart in the source must be what the build makes of that counterpart.
 */
final class Generated {
  private static final List<String> TEMPLATE_SUFFIXES =
      List.of(".in", ".tmpl", ".template", ".j2", ".jinja", ".jinja2", ".mako");
  private static final Set<String> EMPTY_NAMES = Set.of("__init__.py", "py.typed", "__init__.pyi");

  /** What setuptools appends to the {@code setup.cfg} of an sdist. */
  private static final Pattern EGG_INFO =
      Pattern.compile("\\s*\\[egg_info\\]\\s*tag_build = ?(?:\\w*)\\s*tag_date = 0\\s*");

  private static final String WRAPPER =
      """
      from .NAME import *

      __doc__ = NAME.__doc__
      if hasattr(NAME, "__all__"):
          __all__ = NAME.__all__"""
          .strip();

  private static final int MOST_CFG = 256 * 1024;

  private final Artifact artifact;
  private final Source source;
  private final Tree tree;
  private final VersionValues values;
  private final LicenceText licences;

  Generated(Artifact artifact, Source source, Tree tree, VersionValues values) {
    this.artifact = artifact;
    this.source = source;
    this.tree = tree;
    this.values = values;
    this.licences = new LicenceText(source, tree);
  }

  /** Why it is proved; {@code from} is what it was made of. */
  record Proof(String reason, @Nullable String from) {}

  /**
   * Looks for a proof.
   *
   * @param place where the source would have it
   * @param counterpart what the source has there
   */
  Optional<Proof> prove(
      ArtifactFile file, byte[] content, String place, @Nullable TreeFile counterpart)
      throws SourceException {
    return counterpart == null
        ? proveNew(file, content, place)
        : proveChanged(file, content, counterpart);
  }

  private Optional<Proof> proveNew(ArtifactFile file, byte[] content, String place)
      throws SourceException {
    if (content.length == 0 && EMPTY_NAMES.contains(file.name())) {
      return Optional.of(new Proof("is empty", null));
    }
    TreeFile template = template(place).orElse(null);
    if (template != null) {
      return Substitution.fillsIn(source.read(template.id()), content, values)
          ? Optional.of(new Proof("is its template with the version put in", template.path()))
          : Optional.empty();
    }
    FileRole role = FileRole.of(file.path());
    Optional<Proof> ofModule = proveWrapper(file, content, place);
    if (ofModule.isPresent()) {
      return ofModule;
    }
    if (role == FileRole.PYTHON) {
      return VersionModule.prove(content, values).map(reason -> new Proof(reason, null));
    }
    if (isEggInfoSection(file, content, "")) {
      return Optional.of(new Proof("is the section that setuptools writes", null));
    }
    if (!role.isCode() && role != FileRole.ARCHIVE) {
      if (isVersionText(content)) {
        return Optional.of(new Proof("states the version and nothing else", null));
      }
      if (licences.proves(content)) {
        return Optional.of(new Proof("is made of licences of the source", null));
      }
    }
    return Optional.empty();
  }

  /**
   * Around a module of machine code alone maturin puts a package of the same name, which passes on
   * all that is in it, with the stub that the source has beside its own configuration.
   */
  private Optional<Proof> proveWrapper(ArtifactFile file, byte[] content, String place) {
    int slash = file.inner().lastIndexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    String folder = file.inner().substring(0, slash + 1);
    String module = file.inner().substring(file.inner().lastIndexOf('/', slash - 1) + 1, slash);
    if (artifact.files().stream().noneMatch(other -> isMachineCode(other, folder + module))) {
      return Optional.empty();
    }
    if (file.name().equals("__init__.pyi")) {
      return tree.find(place.substring(0, place.lastIndexOf('/')) + ".pyi")
          .filter(stub -> stub.id().equals(file.id()))
          .map(stub -> new Proof("is the stub of the module of machine code", stub.path()));
    }
    boolean passesOn =
        file.name().equals("__init__.py")
            && new String(content, UTF_8).strip().equals(WRAPPER.replace("NAME", module));
    return passesOn
        ? Optional.of(new Proof("passes on the module of machine code beside it", null))
        : Optional.empty();
  }

  private static boolean isMachineCode(ArtifactFile file, String module) {
    return file.inner().startsWith(module + ".") && FileRole.of(file.path()) == FileRole.NATIVE;
  }

  /** The file of the source that a build makes the one at a place of. */
  Optional<TreeFile> template(String place) {
    return TEMPLATE_SUFFIXES.stream()
        .map(suffix -> tree.find(place + suffix))
        .flatMap(Optional::stream)
        .filter(file -> file.mode() != TreeFile.Mode.SUBMODULE)
        .findFirst();
  }

  private boolean isVersionText(byte[] content) {
    return content.length > 0
        && content.length < 200
        && values.isValue(new String(content, UTF_8).strip());
  }

  private Optional<Proof> proveChanged(ArtifactFile file, byte[] content, TreeFile counterpart)
      throws SourceException {
    byte[] plain = Texts.withoutCarriageReturns(content);
    if (plain.length != content.length && BlobId.of(plain).equals(counterpart.id())) {
      return Optional.of(new Proof("differs in its line ends alone", counterpart.path()));
    }
    byte[] original = source.read(counterpart.id());
    if (BlobId.of(Texts.withoutCarriageReturns(original)).equals(file.id())) {
      return Optional.of(new Proof("differs in its line ends alone", counterpart.path()));
    }
    if (isLfsPointerTo(original, file)) {
      return Optional.of(
          new Proof("is the file that a pointer of LFS names by its SHA-256", counterpart.path()));
    }
    if (Substitution.updatesVersion(original, content, values)) {
      return Optional.of(
          new Proof("differs in the version that it states alone", counterpart.path()));
    }
    if (hasOtherShebang(original, content, file)) {
      return Optional.of(
          new Proof("differs in the interpreter of its first line alone", counterpart.path()));
    }
    if (isEggInfoSection(file, content, new String(original, UTF_8))) {
      return Optional.of(
          new Proof("has one section more, which setuptools writes", counterpart.path()));
    }
    if (statesVersion(file, original)) {
      return VersionModule.prove(content, values)
          .map(reason -> new Proof(reason, counterpart.path()));
    }
    return !FileRole.of(file.path()).isCode() && licences.proves(content)
        ? Optional.of(new Proof("is made of licences of the source", counterpart.path()))
        : Optional.empty();
  }

  /**
   * Only what states a version in the source too may be replaced by what states one: else an
   * attacker would take out a check by putting a version in its place.
   */
  private boolean statesVersion(ArtifactFile file, byte[] original) {
    String text = new String(original, UTF_8);
    return FileRole.of(file.path()) == FileRole.PYTHON
        && ((text.contains("versioneer") && text.contains("def get_versions"))
            || VersionModule.statesSome(original));
  }

  private static boolean isLfsPointerTo(byte[] original, ArtifactFile file) {
    if (original.length > 1024) {
      return false;
    }
    List<String> lines = Texts.lines(original);
    return lines.size() >= 3
        && lines.getFirst().equals("version https://git-lfs.github.com/spec/v1")
        && lines.contains("oid sha256:" + file.sha256().hex())
        && lines.contains("size " + file.size());
  }

  /** Wheels say {@code #!python}, for the installer to fill in (PEP 427). */
  private static boolean hasOtherShebang(byte[] original, byte[] content, ArtifactFile file) {
    if (!file.path().contains(".data/scripts/")) {
      return false;
    }
    String before = new String(original, UTF_8);
    String after = new String(content, UTF_8);
    int oldEnd = before.indexOf('\n');
    int newEnd = after.indexOf('\n');
    return oldEnd > 0
        && newEnd > 0
        && before.startsWith("#!")
        && before.substring(0, oldEnd).contains("python")
        && (after.substring(0, newEnd).equals("#!python")
            || after.substring(0, newEnd).equals("#!pythonw"))
        && before.substring(oldEnd).equals(after.substring(newEnd));
  }

  private static boolean isEggInfoSection(ArtifactFile file, byte[] content, String original) {
    if (!file.inner().equals("setup.cfg") || content.length > MOST_CFG) {
      return false;
    }
    String text = new String(content, UTF_8);
    String start = original.stripTrailing();
    return text.startsWith(start) && EGG_INFO.matcher(text.substring(start.length())).matches();
  }
}
