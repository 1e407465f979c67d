package org.inclusionmaps.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {
  @Test
  void aNameThatTheLocaleCannotSpellIsRefused() {
    assertThatThrownBy(
            () ->
                OutputFolder.checkSpelling(
                    new org.apache.hadoop.fs.Path("/a/Perú"), StandardCharsets.US_ASCII))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("(US-ASCII) cannot spell it; set LC_ALL=C.UTF-8");
    assertThatCode(
            () ->
                OutputFolder.checkSpelling(
                    new org.apache.hadoop.fs.Path("/a/Perú 夜"), StandardCharsets.UTF_8))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                OutputFolder.checkSpelling(
                    new org.apache.hadoop.fs.Path("/a/Peru"), StandardCharsets.US_ASCII))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"out [2026]", "out*", "o?t", "out {a,b}", "[x]/out"})
  void aNameThatIsAPatternIsRefusedBeforeAnythingIsMade(String name, @TempDir Path folder)
      throws IOException {
    org.apache.hadoop.fs.Path out =
        new org.apache.hadoop.fs.Path(folder.toUri().getPath() + "/" + name);
    FileSystem files = out.getFileSystem(new Configuration());
    assertThatThrownBy(() -> OutputFolder.make(files, out))
        .isInstanceOfSatisfying(
            InclusionException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_WRONG))
        .hasMessageContaining("output.path is " + folder + "/" + name)
        .hasMessageContaining("none of *?[]{} may be in it");
    assertThat(folder).isEmptyDirectory();
  }
}
