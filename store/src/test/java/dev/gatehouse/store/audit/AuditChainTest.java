package dev.gatehouse.store.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditChainTest {
  private static final Instant NOW = Instant.parse("2026-03-24T12:00:00Z");

  private static List<AuditEntry> log(int entries) {
    List<AuditEntry> log = new ArrayList<>();
    Sha256 previous = AuditEntry.BEGINNING;
    for (int i = 1; i <= entries; i++) {
      AuditEntry entry =
          AuditEntry.after(previous, i, NOW, "ann", "approve", "demo==" + i, "looked at it");
      log.add(entry);
      previous = entry.hash();
    }
    return log;
  }

  private static AuditChain taken(List<AuditEntry> log, @Nullable Sha256 noted) {
    AuditChain chain = new AuditChain(noted);
    log.forEach(chain::take);
    return chain;
  }

  @Test
  void provesAnUntouchedLog() {
    List<AuditEntry> log = log(3);
    AuditChain chain = taken(log, null);

    assertThat(chain.fault()).isEmpty();
    assertThat(chain.count()).isEqualTo(3);
    assertThat(chain.head()).isEqualTo(log.getLast().hash());
  }

  @Test
  void noticesAChangedEntry() {
    List<AuditEntry> log = log(3);
    AuditEntry second = log.get(1);
    log.set(
        1,
        new AuditEntry(
            2, NOW, "mallory", second.action(), second.subject(), second.detail(), second.hash()));

    assertThat(taken(log, null).fault())
        .contains("entry 2 (approve demo==2) is not what was written");
  }

  @Test
  void noticesAnEntryThatWasChangedTogetherWithItsHash() {
    List<AuditEntry> log = log(3);
    log.set(
        1, AuditEntry.after(log.getFirst().hash(), 2, NOW, "mallory", "approve", "demo==2", ""));

    assertThat(taken(log, null).fault())
        .contains("entry 3 (approve demo==3) is not what was written");
  }

  @Test
  void noticesAMissingEntry() {
    List<AuditEntry> log = log(3);
    log.remove(1);

    assertThat(taken(log, null).fault()).contains("entry 2 is missing: entry 3 follows entry 1");
  }

  @Test
  void noticesACutEndAgainstANotedHead() {
    List<AuditEntry> log = log(3);
    Sha256 noted = log.getLast().hash();

    assertThat(taken(log, noted).fault()).isEmpty();
    assertThat(taken(log.subList(0, 2), noted).fault())
        .contains("no entry has the hash " + noted + ": the log was cut or rewritten");
  }

  @Test
  void takesTheHeadThatWasNotedBeforeTheFirstEntry() {
    Sha256 noted = taken(List.of(), null).head();

    assertThat(taken(log(2), noted).fault()).isEmpty();
  }

  @Test
  void keepsTextsApart() {
    AuditEntry one = AuditEntry.after(AuditEntry.BEGINNING, 1, NOW, "a", "bc", "d", "e");
    AuditEntry other = AuditEntry.after(AuditEntry.BEGINNING, 1, NOW, "ab", "c", "d", "e");

    assertThat(one.hash()).isNotEqualTo(other.hash());
  }
}
