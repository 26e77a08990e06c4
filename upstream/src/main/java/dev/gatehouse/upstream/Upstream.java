package dev.gatehouse.upstream;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index that artifacts are taken from. Safe for use by many threads; each call blocks for the
 * answer.
 */
public interface Upstream {
  /** Its name in the configuration. */
  String name();

  /**
   * A project's page.
   *
   * @param validator what the page that is known came with; null: none is known
   */
  PageOutcome page(ProjectName project, @Nullable Validator validator);

  /** The bytes of a file that its page lists. */
  FileOutcome artifact(PageFile file);

  /** The core metadata of a file that its page lists (PEP 658). */
  FileOutcome metadata(PageFile file);

  /** The provenance object of a file that its page lists with one (PEP 740). */
  FileOutcome provenance(PageFile file);

  /** The projects that a folder holds; none for what can only be asked by name. */
  List<ProjectName> projects();

  /** Whether whoever filled it decided what is in it, so that the age of its files says nothing. */
  boolean datedByOperator();
}
