package org.inclusionmaps.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.error.InclusionException;
import org.junit.jupiter.api.Test;

class OutputFolderTest {
  @Test
  void aNameThatTheLocaleCannotSpellIsRefused() {
    assertThatThrownBy(
            () -> OutputFolder.checkSpelling(new Path("/a/Perú"), StandardCharsets.US_ASCII))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("(US-ASCII) cannot spell it; set LC_ALL=C.UTF-8");
    assertThatCode(() -> OutputFolder.checkSpelling(new Path("/a/Perú 夜"), StandardCharsets.UTF_8))
        .doesNotThrowAnyException();
    assertThatCode(() -> OutputFolder.checkSpelling(new Path("/a/Peru"), StandardCharsets.US_ASCII))
        .doesNotThrowAnyException();
  }
}
