package dev.gatehouse.index.listing;

import dev.gatehouse.index.mirror.KeptFile;
import dev.gatehouse.index.mirror.KeptFiles;
import dev.gatehouse.index.mirror.Kind;
import dev.gatehouse.index.mirror.KnownProject;
import dev.gatehouse.index.mirror.Seen;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.MetadataOffer;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.packaging.simple.ProjectStatus;
import dev.gatehouse.packaging.simple.Yank;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.vetting.FileFacts;
import dev.gatehouse.vetting.ProvenanceOffer;
import dev.gatehouse.vetting.Standing;
import dev.gatehouse.vetting.policy.Verdict;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A project under one policy. Immutable: when the page, what is kept of it, or the policy changes,
 * another listing is made.
 */
public final class Listing {
  private final KnownProject project;
  private final KeptFiles kept;
  private final Standing standing;
  private final boolean folder;
  private final boolean attesting;
  private final Instant now;
  private final ProjectPage page;
  private final SequencedMap<String, ListedFile> files;
  private final Renderings renderings;
  private final Optional<Instant> end;

  /**
   * @param folder whether the project's upstream is a folder, whose owner decided what lies in it
   * @param now when it is made: it is good until the first hold of its files ends
   */
  Listing(KnownProject project, KeptFiles kept, Standing standing, boolean folder, Instant now) {
    this.project = project;
    this.kept = kept;
    this.standing = standing;
    this.folder = folder;
    this.attesting = project.page().offered().stream().anyMatch(file -> file.provenance() != null);
    this.now = now;
    this.files = LinkedHashMap.newLinkedHashMap(project.page().files().size());
    for (PageFile file : project.page().offered()) {
      files.put(file.name().filename(), list(file));
    }
    removed().forEach(file -> files.put(file.name().filename(), file));
    this.end =
        files.values().stream()
            .flatMap(file -> file.verdict().end().stream())
            .min(Comparator.naturalOrder());
    List<PageFile> shown = new ArrayList<>(files.size());
    files.values().stream().filter(ListedFile::isShown).forEach(file -> shown.add(file.shown()));
    this.page =
        new ProjectPage(project.name(), project.page().status(), project.page().versions(), shown);
    this.renderings = new Renderings(page);
  }

  /**
   * Whether it was made from these very values; comparing a page's contents would cost more than
   * making it anew.
   */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(KnownProject otherProject, KeptFiles otherKept, Standing otherStanding, Instant at) {
    return project == otherProject
        && kept == otherKept
        && standing == otherStanding
        && end.map(at::isBefore).orElse(true);
  }

  /** The project's name. */
  public ProjectName name() {
    return project.name();
  }

  /**
   * The page as clients are shown it. Addresses of files are relative to it; the address of a
   * provenance object is the path from the root of the index, to be made absolute.
   */
  public ProjectPage page() {
    return page;
  }

  /** The page in the forms that clients ask for, each made once. */
  public Renderings renderings() {
    return renderings;
  }

  /** The files that clients are told of, in the order of the upstream's page. */
  public List<ListedFile> shown() {
    return files.values().stream().filter(ListedFile::isShown).toList();
  }

  /**
   * All files, in the order of the upstream's page; after them those that it offers no longer. For
   * those who keep the index, not for clients.
   */
  public List<ListedFile> files() {
    return List.copyOf(files.values());
  }

  /** What resolvers take in place of the newest version; empty where they are offered that. */
  public Optional<Fallback> fallback() {
    return files.values().stream()
        .filter(file -> file.facts().removed() == null && !file.isYankedUpstream())
        .map(file -> file.name().version())
        .filter(version -> !version.isPrerelease())
        .max(Comparator.naturalOrder())
        .flatMap(this::fallback);
  }

  /** What resolvers take in place of a version; empty where they are offered it, or nothing is. */
  public Optional<Fallback> fallback(Version version) {
    boolean offered =
        files.values().stream()
            .anyMatch(file -> file.name().version().equals(version) && file.verdict().offered());
    if (offered) {
      return Optional.empty();
    }
    return files.values().stream()
        .filter(file -> file.verdict().offered() && !file.isYanked())
        .map(file -> file.name().version())
        .filter(older -> older.compareTo(version) < 0 && !older.isPrerelease())
        .max(Comparator.naturalOrder())
        .map(older -> new Fallback(version, older, standing.vulnerabilities(older)));
  }

  /** The files whose bytes are here, verified, whatever the verdict on them. */
  public List<ListedFile> kept() {
    return files.values().stream().filter(this::isHere).toList();
  }

  private boolean isHere(ListedFile file) {
    Sha256 sha256 = file.facts().sha256();
    return sha256 != null && isKept(sha256, kept.find(file.name().filename(), Kind.ARTIFACT));
  }

  /** The file of this exact name. */
  public Optional<ListedFile> find(String fileName) {
    return Optional.ofNullable(files.get(fileName));
  }

  private ListedFile list(PageFile offered) {
    Seen seen = project.seen().get(offered.name().filename());
    PageFile file = offered.toBuilder().firstSeen(seen == null ? null : seen.at()).build();
    Optional<KeptFile> whole = kept.find(offered.name().filename(), Kind.ARTIFACT);
    Sha256 listed = offered.sha256().orElse(null);
    Sha256 first = seen == null ? null : seen.sha256();
    if (first == null || first.equals(listed)) {
      return settled(file, listed, whole);
    }
    if (listed == null) {
      // A page that no longer gives a hash does not free the file of the one that it had.
      return settled(withHash(file, first), first, whole);
    }
    FileFacts changed = facts(file, listed, first);
    return isKept(first, whole) && !standing.namesTheBytes(changed, now)
        // The upstream lists other bytes than it did; what was kept of the first ones stays what it
        // is. What the page says of metadata is no longer about them.
        ? settled(
            withHash(file, first).toBuilder().metadata(MetadataOffer.none()).build(), first, whole)
        : judged(file, changed);
  }

  /** A file whose bytes are what they always were. */
  private ListedFile settled(PageFile file, @Nullable Sha256 sha256, Optional<KeptFile> whole) {
    if (whole.isEmpty() || (sha256 != null && !isKept(sha256, whole))) {
      return judged(file, facts(file, sha256, null));
    }
    // What was taken knows its hash and size, also where the page does not give them.
    KeptFile known = whole.get();
    PageFile exact = withHash(file, known.sha256()).toBuilder().size(known.size()).build();
    return judged(exact, facts(exact, known.sha256(), null));
  }

  private FileFacts facts(PageFile file, @Nullable Sha256 sha256, @Nullable Sha256 firstSeen) {
    Instant published = file.uploadTime() == null ? file.firstSeen() : file.uploadTime();
    return new FileFacts(
        file.name(), sha256, firstSeen, folder ? null : published, null, provenanceOffer(file));
  }

  private ProvenanceOffer provenanceOffer(PageFile file) {
    if (file.provenance() != null) {
      return ProvenanceOffer.OF_THIS;
    }
    return attesting ? ProvenanceOffer.OF_OTHERS : ProvenanceOffer.NOWHERE;
  }

  private ListedFile judged(PageFile file, FileFacts facts) {
    Verdict verdict = standing.judge(facts, now);
    return new ListedFile(project, file, shown(file, verdict, facts), verdict, facts, standing);
  }

  /**
   * What is kept here and its upstream no longer offers: removal is how PyPI stops malware, and a
   * cache must not undo it.
   */
  private List<ListedFile> removed() {
    String why =
        project.page().status().state() == ProjectStatus.State.QUARANTINED
            ? "its upstream has put the project under quarantine"
            : "its upstream no longer offers it";
    List<ListedFile> removed = new ArrayList<>();
    kept.artifacts()
        .forEach(
            (fileName, known) -> {
              if (!files.containsKey(fileName)) {
                removed.add(removed(fileName, known, why));
              }
            });
    return removed;
  }

  private ListedFile removed(String fileName, KeptFile known, String why) {
    Seen seen = project.seen().get(fileName);
    PageFile file =
        PageFile.builder(
                ArtifactName.parse(fileName, name()), Addresses.fileFromPage(name(), fileName))
            .sha256(known.sha256())
            .size(known.size())
            .firstSeen(seen == null ? project.fetchedAt() : seen.at())
            .build();
    FileFacts facts =
        new FileFacts(
            file.name(),
            known.sha256(),
            null,
            folder ? null : file.firstSeen(),
            why,
            provenanceOffer(file));
    return judged(file, facts);
  }

  private static boolean isKept(Sha256 sha256, Optional<KeptFile> whole) {
    return whole.map(KeptFile::sha256).filter(sha256::equals).isPresent();
  }

  /** The file with this hash alone: others on the page may be those of other bytes. */
  private static PageFile withHash(PageFile file, Sha256 sha256) {
    if (file.sha256().filter(sha256::equals).isPresent()) {
      return file;
    }
    return new PageFile(
        file.name(),
        file.url(),
        Map.of("sha256", sha256.hex()),
        file.size(),
        file.uploadTime(),
        file.firstSeen(),
        file.requiresPython(),
        file.metadata(),
        file.yank(),
        file.provenance());
  }

  /**
   * The entry that clients see. What may not be served now is shown as yanked, with the reason and
   * without metadata: resolvers then pass over it, and whoever pins it exactly meets the refusal
   * that explains (PEP 592).
   */
  private PageFile shown(PageFile file, Verdict verdict, FileFacts facts) {
    String fileName = file.name().filename();
    PageFile.Builder shown =
        file.toBuilder()
            .url(Addresses.fileFromPage(name(), fileName))
            .uploadTime(file.uploadTime() == null ? file.firstSeen() : file.uploadTime());
    if (!verdict.offered()) {
      return shown
          .yank(new Yank.Yanked("Gatehouse: " + verdict.word() + ": " + verdict.reason().text()))
          .metadata(MetadataOffer.none())
          .provenance(null)
          .build();
    }
    return shown.metadata(metadataOffer(file)).provenance(provenanceAddress(file, facts)).build();
  }

  private MetadataOffer metadataOffer(PageFile file) {
    return switch (file.metadata()) {
      case MetadataOffer.Hashed hashed -> hashed;
      case MetadataOffer.None _, MetadataOffer.Unhashed _ ->
          kept.find(file.name().filename(), Kind.METADATA)
              .map(own -> MetadataOffer.hashed(own.sha256()))
              .orElse(file.metadata());
    };
  }

  /** What is known not to hold is not offered; what nobody asked for yet is verified when it is. */
  private @Nullable URI provenanceAddress(PageFile file, FileFacts facts) {
    boolean refused =
        standing
            .provenance(facts)
            .filter(known -> known.verification() instanceof Verification.Refused)
            .isPresent();
    return file.provenance() == null || refused ? null : Addresses.provenance(file.name());
  }
}
