package dev.gatehouse.samples.mutation.blind;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.samples.mutation.Transformation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Moves a source into another file: a module further down, or data that is read back. */
final class Moves {
  private Moves() {}

  static List<Transformation> all() {
    return List.of(
        Rewrite.module("move-sub-package", Moves::subPackage),
        Rewrite.module("move-chain", Moves::chain),
        Rewrite.module("move-module-getattr", Moves::moduleGetattr),
        Rewrite.module("move-zip", Moves::zip),
        data(
            "move-pkgutil",
            """
            import pkgutil

            exec(pkgutil.get_data(__package__, '%s').decode())
            """,
            "defaults.txt"),
        data(
            "move-resources",
            """
            from importlib import resources

            exec(resources.files(__package__).joinpath('%s').read_text('utf-8'), globals())
            """,
            "template.j2"),
        data(
            "move-beside",
            """
            import pathlib

            exec(compile(pathlib.Path(__file__).with_name('%s').read_bytes(), '', 'exec'))
            """,
            "cache.bin"),
        data(
            "move-own-loader",
            """
            import importlib.machinery as _l, os as _o
            _p = _o.path.join(_o.path.dirname(__file__), '%s')
            exec(_l.SourceFileLoader(__name__, _p).get_code(__name__), globals())
            """,
            "LICENSE.rst"),
        Rewrite.module("move-json", Moves::json),
        Rewrite.pth("pth-exec-string", Moves::pthString),
        Rewrite.pth("pth-site-folder", Moves::pthData),
        Rewrite.pth("pth-package", Moves::pthPackage),
        Rewrite.pth("pth-among-paths", Moves::pthAmongPaths));
  }

  /**
   * What may stand elsewhere in the same package: it neither asks where it is nor is at the root.
   */
  private static Optional<PythonModule> movable(Rewrite.Place place) {
    return place.folder().isEmpty() || place.text().contains("__file__")
        ? Optional.empty()
        : place.module().filter(PythonModule::hasCode);
  }

  private static String imported(String from, Set<String> names) {
    return names.isEmpty()
        ? "from . import " + from + "\n"
        : "from .%s import (\n    %s,\n)\n".formatted(from, String.join(",\n    ", names));
  }

  private static Optional<String> subPackage(Rewrite.Place place) {
    return movable(place)
        .filter(PythonModule::fitsInFunction)
        .map(
            module -> {
              String name = place.fresh("_vendor");
              put(place, name + "/__init__.py", "");
              put(place, name + "/core.py", module.deeper());
              return module.head()
                  + imported(name + ".core", module.bound())
                      .replace("from . import " + name + ".core", "from ." + name + " import core");
            });
  }

  /** One imports the next, and the last one has it. */
  private static Optional<String> chain(Rewrite.Place place) {
    return movable(place)
        .filter(PythonModule::fitsInFunction)
        .map(
            module -> {
              List<String> names = List.of(place.fresh("_a"), place.fresh("_b"), place.fresh("_c"));
              put(place, names.get(2) + ".py", place.text());
              put(place, names.get(1) + ".py", imported(names.get(2), module.bound()));
              put(place, names.get(0) + ".py", imported(names.get(1), module.bound()));
              return module.head() + imported(names.get(0), module.bound());
            });
  }

  /** A module whose names are made as somebody asks for one (PEP 562). */
  private static Optional<String> moduleGetattr(Rewrite.Place place) {
    return movable(place)
        .filter(PythonModule::fitsInFunction)
        .map(
            module -> {
              String name = place.fresh("_lazy");
              put(
                  place,
                  name + ".py",
                  module.head()
                      + "def __getattr__("
                      + name
                      + "_n):\n"
                      + "    if N != 'ready':\n        raise AttributeError(N)\n"
                          .replace("N", name + "_n")
                      + module.asFunctionBody(4));
              String names = module.bound().isEmpty() ? "" : imported(name, module.bound());
              return module.head() + "from ." + name + " import ready\n" + names;
            });
  }

  /** A zip in the package, which is put on the path. */
  private static Optional<String> zip(Rewrite.Place place) {
    boolean relative = place.text().matches("(?s).*\\bfrom\\s*\\..*");
    return movable(place)
        .filter(module -> module.fitsInFunction() && !relative)
        .map(
            module -> {
              String name = place.fresh("_z");
              ByteArrayOutputStream bytes = new ByteArrayOutputStream();
              try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                ZipEntry entry = new ZipEntry(name + ".py");
                entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(place.text().getBytes(UTF_8));
              } catch (IOException e) {
                throw new UncheckedIOException("memory is no disk", e);
              }
              place.files().put(place.folder() + name + ".zip", bytes.toByteArray());
              return module.head()
                  + "import os as _o, sys as _y\n"
                  + "_y.path.insert(0, _o.path.join(_o.path.dirname(__file__), '"
                  + name
                  + ".zip'))\n"
                  + (module.bound().isEmpty()
                      ? "import " + name + "\n"
                      : "from " + name + " import " + String.join(", ", module.bound()) + "\n");
            });
  }

  /** The source as a file that does not end like one; the code reads and runs it. */
  private static Transformation data(String name, String code, String file) {
    return Rewrite.module(
        name,
        place -> {
          if (place.folder().isEmpty()) {
            return Optional.empty();
          }
          String unique = place.fresh("d") + "-" + file;
          put(place, unique, place.text());
          return Optional.of(code.formatted(unique));
        });
  }

  private static Optional<String> json(Rewrite.Place place) {
    if (place.folder().isEmpty()) {
      return Optional.empty();
    }
    String file = place.fresh("settings") + ".json";
    String text = Base64.getEncoder().encodeToString(place.text().getBytes(UTF_8));
    put(place, file, "{\"theme\": \"plain\", \"retries\": 3, \"signature\": \"" + text + "\"}\n");
    return Optional.of(
        """
        import base64
        import json
        import os

        with open(os.path.join(os.path.dirname(__file__), '%s')) as _file:
            _settings = json.load(_file)
        exec(base64.b64decode(_settings['signature']).decode('utf-8'))
        """
            .formatted(file));
  }

  private static void put(Rewrite.Place place, String name, String text) {
    place.files().put(place.folder() + name, text.getBytes(UTF_8));
  }

  private static Optional<String> pthString(Rewrite.Place place) {
    return line(place).map(line -> "import sys; exec(" + Literal.quoted(line) + ")\n");
  }

  /** {@code site} has the folder in a variable of that name, where the line is executed. */
  private static Optional<String> pthData(Rewrite.Place place) {
    return line(place)
        .map(
            line -> {
              String file = place.fresh("m") + ".bin";
              put(place, file, Base64.getEncoder().encodeToString(line.getBytes(UTF_8)));
              return "import os, base64; exec(base64.b64decode(open(os.path.join(sitedir, '%s')).read()))\n"
                  .formatted(file);
            });
  }

  private static Optional<String> pthPackage(Rewrite.Place place) {
    return line(place)
        .map(
            line -> {
              String name = place.fresh("_ns");
              put(place, name + "/__init__.py", "from . import _hooks\n");
              put(place, name + "/_hooks.py", line + "\n");
              return "import " + name + "\n";
            });
  }

  private static Optional<String> pthAmongPaths(Rewrite.Place place) {
    StringBuilder text = new StringBuilder("# Paths of the package's parts.\n");
    for (int i = 0; i < 60; i++) {
      text.append(i == 43 ? place.text().strip() : "./parts/p" + i).append('\n');
    }
    return line(place).map(_ -> text.toString());
  }

  private static Optional<String> line(Rewrite.Place place) {
    return Optional.of(place.text().strip())
        .filter(line -> line.startsWith("import ") && line.lines().count() == 1);
  }
}
