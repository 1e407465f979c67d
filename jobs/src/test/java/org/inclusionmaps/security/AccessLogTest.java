package org.inclusionmaps.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.security.AccessEntry.Deleted;
import org.inclusionmaps.security.AccessEntry.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-31T12:00:00.5Z"), ZoneOffset.UTC);
  private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private AccessLog log() {
    return AccessLog.in(folder.resolve("access").toString(), new Configuration(), CLOCK);
  }

  @Test
  void keepsWhoWhenWhatAndWhyInOrder() {
    log().opened("measure", "2025-Q4", "statistics", List.of("ab"));
    log().deleted("purge", new Deleted(Step.DONE, List.of("persons/x"), 2, 30, "cd"));
    List<AccessEntry> entries = log().entries();
    assertThat(entries).extracting(AccessEntry::command).containsExactly("measure", "purge");
    AccessEntry first = entries.get(0);
    assertThat(first.at()).isEqualTo("2026-03-31T12:00:00Z");
    assertThat(first.user()).isEqualTo(System.getProperty("user.name"));
    assertThat(first.files()).containsExactly("ab");
    assertThat(entries.get(1).deleted())
        .isEqualTo(new Deleted(Step.DONE, List.of("persons/x"), 2, 30, "cd"));
  }

  @Test
  void tellsThatAnEntryWasChangedOrTakenOut() throws Exception {
    for (String command : List.of("measure", "left-out", "purge")) {
      log().opened(command, "", "", List.of());
    }
    Path second = folder.resolve("access/00000002.json");
    String whole = Files.readString(second);
    Files.writeString(second, whole.replace("left-out", "nothing"));
    assertThatThrownBy(() -> log().entries()).hasMessageContaining("the access log is not whole");
    Files.delete(second);
    assertThatThrownBy(() -> log().entries()).hasMessageContaining("entry 2 should stand here");
  }

  @Test
  void filesAreToldByAHashThatNeedsTheKey() {
    Map<String, String> files = Map.of("feed/a.parquet", "00", "feed/b.parquet", "01");
    List<String> hidden = AccessLog.hidden(KEY, files);
    assertThat(hidden).hasSize(2).doesNotHaveDuplicates().isEqualTo(AccessLog.hidden(KEY, files));
    assertThat(AccessLog.hidden(new byte[16], files)).doesNotContainAnyElementsOf(hidden);
    assertThat(AccessLog.hidden(KEY, Map.of("feed/a.parquet", "02")))
        .doesNotContainAnyElementsOf(hidden);
  }
}
