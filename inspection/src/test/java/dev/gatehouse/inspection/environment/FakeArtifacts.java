package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.startup.StartupRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Knows one word, and remembers what it was asked about. */
final class FakeArtifacts implements ArtifactInspection {
  private final List<String> asked = new ArrayList<>();

  /** {@code name: content} of each. */
  List<String> asked() {
    return asked;
  }

  @Override
  public TargetReport inspect(String target, String filename, SeekableByteChannel bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.allocate((int) bytes.size());
      bytes.position(0);
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = bytes.read(buffer);
      }
      String content = new String(buffer.array(), ISO_8859_1);
      asked.add(filename + ": " + content);
      List<Finding> findings =
          content.contains("evil")
              ? List.of(StartupRules.PTH_EXEC.at("x.pth", 1, "Runs", ""))
              : List.of();
      return new TargetReport(target, Kind.WHEEL, null, findings, List.of(), Map.of());
    } catch (IOException e) {
      Problem problem = new Problem(null, String.valueOf(e.getMessage()));
      return new TargetReport(target, Kind.WHEEL, null, List.of(), List.of(problem), Map.of());
    }
  }
}
