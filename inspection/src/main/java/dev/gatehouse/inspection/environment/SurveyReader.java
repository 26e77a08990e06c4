package dev.gatehouse.inspection.environment;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Reads the files of a survey from a tree that opens any file. */
final class SurveyReader {
  private final FileTree tree;

  SurveyReader(FileTree tree) {
    this.tree = tree;
  }

  /** Reads them all; what could not be read is a problem of the outcome. */
  Outcome read(Survey survey) {
    for (Want want : survey.wants()) {
      try (SeekableByteChannel bytes = tree.open(want.file().path())) {
        want.reader().read(Content.of(bytes));
      } catch (IOException e) {
        survey.add(Problems.unread(want.file().path(), e));
      }
    }
    return survey.finish();
  }
}
