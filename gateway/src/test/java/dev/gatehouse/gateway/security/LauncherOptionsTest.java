package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nobody attaches to the process that holds the keys, and nothing writes down its memory. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherOptionsTest {
  private static final Path BIN = Path.of("..", "cli", "src", "main", "distribution", "bin");

  @TempDir private Path folder;

  private static String run(Path jdk, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("GATEHOUSE_JAVA_OPTS");
    builder.environment().put("GATEHOUSE_JDK", jdk.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** A launcher beside which the JVM only says how it was started. */
  private String started(String... arguments) throws IOException, InterruptedException {
    Path java = folder.resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho \"core $(ulimit -c)\"\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                // As far as this process may: what the launcher does is to be seen.
                "ulimit -S -c \"$(ulimit -H -c)\"; exec sh \"$@\"",
                "sh",
                BIN.resolve("gatehouse").toString()));
    command.addAll(List.of(arguments));
    return run(folder, command.toArray(String[]::new));
  }

  @Test
  void startsTheGatewayWithItsOptionsAndWithoutCoreDumps() throws Exception {
    assertThat(started("gateway", "serve", "--config", "x").lines())
        .startsWith("core 0", "@" + BIN.resolve("gateway.options"))
        .contains("gateway", "serve");
  }

  /** The JVM itself says what came of the file. */
  @Test
  void turnsAttachingHeapDumpsAndSharedCountersOff() throws Exception {
    String flags =
        run(
            folder,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + BIN.resolve("gateway.options"),
            "-XX:+PrintFlagsFinal",
            "-version");
    assertThat(flags)
        .containsPattern("bool DisableAttachMechanism +:?= true .*command line")
        .containsPattern("bool HeapDumpOnOutOfMemoryError +:?= false .*command line")
        .containsPattern("bool UsePerfData +:?= false .*command line")
        .containsPattern("bool ExitOnOutOfMemoryError +:?= true .*command line");
  }

  @Test
  void runsTheServiceWhereItsMemoryIsNeverWrittenDown() throws IOException {
    List<String> service = Files.readAllLines(Path.of("..", "deploy", "gatehouse-gateway.service"));
    assertThat(service)
        .contains(
            "LimitCORE=0",
            "MemorySwapMax=0",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "ProtectSystem=strict",
            "ProtectProc=invisible",
            "PrivateUsers=yes",
            "DynamicUser=yes",
            "StateDirectoryMode=0700",
            "UMask=0077",
            "SystemCallFilter=@system-service",
            "SystemCallFilter=~@privileged @resources")
        .noneMatch(line -> line.startsWith("Environment="));
  }
}
