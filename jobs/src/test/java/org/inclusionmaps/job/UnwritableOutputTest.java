package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inclusionmaps.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run into a folder that nobody can make, root neither. */
class UnwritableOutputTest {
  private static final String OUTPUT = "/proc/no-such-folder/out";

  @TempDir Path folder;

  @Test
  void itIsToldOnceWithWhatToDoAndWithoutATrace() throws Exception {
    Path log = folder.resolve("log");
    int status = Jobs.start(1, 1, log, TinyCountry.get().arguments(Path.of(OUTPUT))).waitFor();
    List<String> said = Files.readAllLines(log);
    assertThat(status)
        .as(String.join("\n", said))
        .isEqualTo(ErrorCode.RESOURCES_EXHAUSTED.exitStatus());
    assertThat(said).noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by"));
    assertThat(said)
        .filteredOn(line -> line.startsWith("["))
        .singleElement()
        .asString()
        .contains("output.path is " + OUTPUT, "the right to write there");
    assertThat(said.get(said.size() - 1)).isEqualTo(ErrorCode.RESOURCES_EXHAUSTED.remedy());
  }
}
