package dev.gatehouse.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.gateway.GatewayServer;
import dev.gatehouse.inbound.HttpFront;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.store.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing of ours on the gateway's class path can run what somebody says: no commands, scripts,
 * expressions, templates, plugins or serialized objects (CVE-2026-40217, CVE-2026-42271).
 */
class NoCodeRunsTest {
  /** One class of each module. */
  private static final List<Class<?>> MODULES =
      List.of(
          GatewayServer.class,
          HttpFront.class,
          Outbound.class,
          DataFolder.class,
          Sha256.class,
          Finding.class);

  private static final Pattern CLASSES =
      Pattern.compile(
          "java/lang/(ProcessBuilder|Process|ClassLoader|Compiler)(\\$.*)?"
              + "|java/lang/reflect/(Method|Constructor|Proxy|InvocationHandler|AccessibleObject)"
              + "|java/io/(ObjectInputStream|Externalizable)|java/beans/.*|java/rmi/.*"
              + "|java/net/URLClassLoader|java/util/ServiceLoader"
              + "|javax/(script|naming|tools|el|management)/.*|jakarta/.*|jdk/jshell/.*"
              + "|(org/)?(codehaus/)?groovy/.*|org/(mozilla/javascript|graalvm|python|jruby)/.*"
              + "|freemarker/.*|org/apache/(velocity|commons/(jexl|text|exec)).*|ognl/.*"
              + "|org/mvel2/.*|org/springframework/.*|.*/(mustache|thymeleaf|pebble|jinjava)/.*");

  private static final Set<String> MEMBERS =
      Set.of(
          "java/lang/Runtime.exec",
          "java/lang/Runtime.load",
          "java/lang/Runtime.loadLibrary",
          "java/lang/System.load",
          "java/lang/System.loadLibrary",
          "java/lang/Class.forName",
          "java/lang/Class.newInstance",
          "java/lang/Class.getMethod",
          "java/lang/Class.getMethods",
          "java/lang/Class.getDeclaredMethod",
          "java/lang/Class.getConstructor",
          "java/lang/Class.getDeclaredConstructor",
          "java/lang/Class.getClassLoader",
          "java/lang/invoke/MethodHandles$Lookup.findVirtual",
          "java/lang/invoke/MethodHandles$Lookup.findStatic",
          "java/lang/invoke/MethodHandles$Lookup.defineClass");

  /** What a class refers to and should not. */
  private static Set<String> forbidden(byte[] bytes) {
    ClassModel type = ClassFile.of().parse(bytes);
    Set<String> found = new TreeSet<>();
    for (PoolEntry entry : type.constantPool()) {
      switch (entry) {
        case ClassEntry used when CLASSES.matcher(used.asInternalName()).matches() ->
            found.add(type.thisClass().asInternalName() + " uses " + used.asInternalName());
        case MemberRefEntry used -> {
          String name = used.owner().asInternalName() + "." + used.name().stringValue();
          if (MEMBERS.contains(name)) {
            found.add(type.thisClass().asInternalName() + " uses " + name);
          }
        }
        default -> {}
      }
    }
    return found;
  }

  /** All classes of the folder or jar that a class comes from. */
  private static List<byte[]> classes(Class<?> of) throws IOException, URISyntaxException {
    Path place = Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(place)) {
      return classes(place);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return classes(jar.getPath("/"));
    }
  }

  private static List<byte[]> classes(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(NoCodeRunsTest::read)
          .toList();
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void refersToNothingThatRunsWhatItIsGiven() throws Exception {
    for (Class<?> module : MODULES) {
      List<byte[]> classes = classes(module);
      Set<String> found = new TreeSet<>();
      classes.forEach(bytes -> found.addAll(forbidden(bytes)));
      assertThat(found).as(module.getName()).isEmpty();
      assertThat(classes).as(module.getName()).hasSizeGreaterThan(3);
    }
  }

  /** The look itself: a class that does such things is found. */
  @Test
  void findsWhatRunsACommand() throws Exception {
    String file = KilledGatewayIT.class.getName().replace('.', '/') + "$Killable.class";
    try (InputStream in =
        Objects.requireNonNull(KilledGatewayIT.class.getClassLoader().getResourceAsStream(file))) {
      assertThat(forbidden(in.readAllBytes()))
          .anyMatch(found -> found.endsWith("uses java/lang/ProcessBuilder"));
    }
  }
}
