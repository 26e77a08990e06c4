package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.inspection.archive.ArchiveReading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of many surveys from an image in its order, and finishes each survey with its
 * last file: so few of them are held at a time.
 */
final class StreamReader {
  private final int mostHeld;
  private final Map<String, List<Slot>> slots = new HashMap<>();
  private final List<Running> surveys = new ArrayList<>();

  private record Slot(Running running, Want want) {}

  private static final class Running {
    private @Nullable Survey survey;
    private final Consumer<Outcome> finished;
    private int left;

    Running(Survey survey, int left, Consumer<Outcome> finished) {
      this.survey = survey;
      this.left = left;
      this.finished = finished;
    }

    void add(Problem problem) {
      if (survey != null) {
        survey.add(problem);
      }
    }

    void finish() {
      if (survey != null) {
        finished.accept(survey.finish());
        survey = null;
      }
    }
  }

  /**
   * Prepares.
   *
   * @param mostHeld how many bytes of a file may be held in memory
   */
  StreamReader(int mostHeld) {
    this.mostHeld = mostHeld;
  }

  /** Adds a survey; what it finds out is told once its files were read. */
  void add(Survey survey, Consumer<Outcome> finished) {
    List<Want> wants = survey.wants();
    Running running = new Running(survey, wants.size(), finished);
    surveys.add(running);
    for (Want want : wants) {
      slots
          .computeIfAbsent(want.file().path(), _ -> new ArrayList<>(1))
          .add(new Slot(running, want));
    }
  }

  /** Reads all; what the image could not give is a problem of the survey that wanted it. */
  ArchiveReading read(ImageFiles files) {
    ArchiveReading reading = files.read(slots::containsKey, this::file);
    for (List<Slot> missing : slots.values()) {
      for (Slot slot : missing) {
        slot.running()
            .add(new Problem(slot.want().file().path(), "Could not be read from the image"));
      }
    }
    surveys.forEach(Running::finish);
    return reading;
  }

  private void file(ArchiveEntry entry, InputStream in) throws IOException {
    List<Slot> wanted = slots.remove(entry.path());
    if (wanted == null) {
      return;
    }
    if (wanted.size() == 1) {
      give(wanted.getFirst(), Content.of(in, mostHeld));
      return;
    }
    byte[] content = in.readNBytes(mostHeld + 1);
    for (Slot slot : wanted) {
      if (content.length > mostHeld) {
        slot.running().add(new Problem(entry.path(), "Is too large to be looked at several times"));
        done(slot.running());
      } else {
        give(slot, Content.of(new ByteArrayInputStream(content), mostHeld));
      }
    }
  }

  private static void give(Slot slot, Content content) throws IOException {
    try {
      slot.want().reader().read(content);
    } catch (TooLargeException e) {
      slot.running().add(Problems.unread(slot.want().file().path(), e));
    }
    done(slot.running());
  }

  private static void done(Running running) {
    if (--running.left == 0) {
      running.finish();
    }
  }
}
