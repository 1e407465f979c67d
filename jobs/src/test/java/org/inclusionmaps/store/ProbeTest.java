package org.inclusionmaps.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.FaultyFileSystem;
import org.inclusionmaps.testing.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
  private final Configuration hadoop = new Configuration();
  @TempDir java.nio.file.Path folder;

  @Test
  void aLocalDiskPassesAndKeepsNothing() {
    Probe.check(folder.resolve("out").toString(), hadoop);
    assertThat(folder.resolve("out")).isEmptyDirectory();
  }

  @Test
  void aStoreThatRenamesInOneStepPassesAndKeepsNothing() {
    FaultyFileSystem.register(hadoop);
    FaultyFileSystem.heal();
    Probe.check(FaultyFileSystem.address(folder.resolve("out")), hadoop);
    assertThat(folder.resolve("out")).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldWithItsUserAndWhatToDo() {
    assertThatThrownBy(() -> Probe.check("/proc/no-such-folder/out", hadoop))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCES_EXHAUSTED))
        .hasMessageContaining("output.path is /proc/no-such-folder/out")
        .hasMessageContaining("the user " + System.getProperty("user.name") + " cannot write there")
        .hasMessageContaining("give the user of the job the right to write there");
  }

  @Test
  void aFolderThatThisUserMustNotWriteIsToldSo() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    if (Files.isWritable(folder)) { // root may, whatever the permissions say
      assertThatCode(() -> Probe.check(folder.toString(), hadoop)).doesNotThrowAnyException();
      return;
    }
    assertThatThrownBy(() -> Probe.check(folder.toString(), hadoop))
        .hasMessageContaining("output.path is " + folder)
        .hasMessageContaining(": no right to write there; give the user of the job the right");
  }

  @Test
  void aStoreThatLooksAndThenActsIsRefused() {
    hadoop.setClass("fs.file.impl", ObjectStore.class, FileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    hadoop.setBoolean(ObjectStore.LOOKS_AND_THEN_ACTS, true);
    assertThatThrownBy(() -> Probe.check(folder.toString(), hadoop))
        .isInstanceOfSatisfying(
            InclusionException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_WRONG))
        .hasMessageContaining("output.path is " + folder)
        .hasMessageContaining("of 16 writers that created one file at the same time ")
        .hasMessageContaining("use HDFS, a local disk, or an S3 that honours If-None-Match");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anObjectStoreThatCreatesAlonePasses() {
    hadoop.setClass("fs.file.impl", ObjectStore.class, FileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    Probe.check(folder.toString(), hadoop);
    assertThat(folder).isEmptyDirectory();
  }
}
