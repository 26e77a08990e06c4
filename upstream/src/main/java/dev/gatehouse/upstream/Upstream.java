package dev.gatehouse.upstream;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An index that artifacts are taken from. Safe for use by many threads; each call blocks. */
public interface Upstream {
  /** What the configuration calls it. */
  String name();

  /**
   * Asks for a project's page.
   *
   * @param validator of the page that is known already; null: none is. Only one that says something
   *     is ever answered with {@link PageOutcome.NotModified}
   */
  PageOutcome page(ProjectName project, @Nullable Validator validator);

  /** Asks for a file of one of its pages. */
  FileOutcome artifact(PageFile file);

  /** Asks for the metadata beside a file of one of its pages (PEP 658). */
  FileOutcome metadata(PageFile file);

  /** Asks for the attestations of a file of one of its pages (PEP 740). */
  FileOutcome provenance(PageFile file);

  /** The projects that a folder holds, in order; an index over HTTP is not asked for its list. */
  List<ProjectName> projects();

  /**
   * Whether the operator chose each file, as whoever fills a folder does. The age of such files
   * says nothing.
   */
  boolean datedByOperator();
}
