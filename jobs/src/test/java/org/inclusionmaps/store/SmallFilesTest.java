package org.inclusionmaps.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.testing.FaultyFileSystem;
import org.inclusionmaps.testing.FaultyFileSystem.Fault;
import org.inclusionmaps.testing.ObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFilesTest {
  private static final byte[] OLD = "old".getBytes(UTF_8);
  private static final byte[] NEW = "newer".getBytes(UTF_8);

  private final Configuration hadoop = new Configuration();
  @TempDir java.nio.file.Path folder;
  private Path path;
  private FileSystem files;

  @BeforeEach
  void begin() throws IOException {
    FaultyFileSystem.register(hadoop);
    FaultyFileSystem.heal();
    path = new Path(FaultyFileSystem.address(folder.resolve("below/file")));
    files = path.getFileSystem(hadoop);
  }

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  private Optional<String> there() throws IOException {
    return SmallFiles.read(files, path).map(bytes -> new String(bytes, UTF_8));
  }

  @Test
  void aFileIsCreatedOnceAndReplacedWhole() throws Exception {
    SmallFiles.create(files, path, OLD);
    assertThatThrownBy(() -> SmallFiles.create(files, path, NEW))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(there()).contains("old");
    SmallFiles.replace(files, path, NEW);
    assertThat(there()).contains("newer");
    assertThat(folder.resolve("below").toFile().list()).containsExactly("file");
  }

  @Test
  void afterAFaultAnywhereAFileIsTheOldOrTheNewOneAndWhatIsSaidIsTrue() throws Exception {
    SmallFiles.create(files, path, OLD);
    FaultyFileSystem.heal();
    SmallFiles.replace(files, path, OLD);
    int operations = FaultyFileSystem.operations().size();
    assertThat(operations).isEqualTo(3);
    Map<String, String> outcomes = new TreeMap<>();
    for (int i = 0; i < operations; i++) {
      for (Fault fault : new Fault[] {Fault.FAILS, Fault.DONE_BUT_FAILS}) {
        FaultyFileSystem.heal();
        SmallFiles.replace(files, path, OLD);
        FaultyFileSystem.fail(i, fault);
        boolean said;
        try {
          SmallFiles.replace(files, path, NEW);
          said = true;
        } catch (IOException e) {
          said = false;
        }
        assertThat(there()).contains(said ? "newer" : "old");
        outcomes.put(i + " " + fault, said ? "newer" : "old");
      }
    }
    assertThat(outcomes).containsEntry("2 DONE_BUT_FAILS", "newer").containsEntry("2 FAILS", "old");
  }

  @Test
  void aFileThatWasCreatedAlthoughTheStoreSaidNotCountsAsCreated() throws Exception {
    SmallFiles.create(files, new Path(path.getParent(), "other"), OLD);
    FaultyFileSystem.fail(2, Fault.DONE_BUT_FAILS);
    SmallFiles.create(files, path, NEW);
    assertThat(FaultyFileSystem.operations()).hasSize(3);
    assertThat(there()).contains("newer");
  }

  @Test
  void draftsOfWritersThatDiedAreSweptOnceTheyAreOld() throws Exception {
    java.nio.file.Path old = Files.writeString(folder.resolve("_draft-1"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    java.nio.file.Path young = Files.writeString(folder.resolve("_draft-2"), "half");
    java.nio.file.Path other = Files.writeString(folder.resolve("other"), "whole");
    Files.setLastModifiedTime(other, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    SmallFiles.sweep(files, new Path(FaultyFileSystem.address(folder)));
    SmallFiles.sweep(files, new Path(FaultyFileSystem.address(folder.resolve("none"))));
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(other).exists();
  }

  @Test
  void anObjectStoreIsAskedToCreateAlone() throws Exception {
    Path object = new Path(ObjectStore.address(folder.resolve("object")));
    FileSystem store = new ObjectStore();
    store.initialize(object.toUri(), hadoop);
    SmallFiles.create(store, object, OLD);
    assertThatThrownBy(() -> SmallFiles.create(store, object, NEW))
        .isInstanceOf(FileAlreadyExistsException.class);
    SmallFiles.replace(store, object, NEW);
    assertThat(SmallFiles.read(store, object)).contains(NEW);
    assertThat(folder.toFile().list()).containsExactly("object");
  }

  @Test
  void aStoreThatRepeatsARequestFindsItsOwnFileCreated() throws Exception {
    Path object = new Path(ObjectStore.address(folder.resolve("object")));
    ObjectStore store = new ObjectStore();
    store.initialize(object.toUri(), hadoop);
    store.loseNextAnswer();
    SmallFiles.create(store, object, OLD);
    assertThat(SmallFiles.read(store, object)).contains(OLD);
  }

  @Test
  void aFileThatHadChecksumsOfHadoopIsReadAfterItWasReplacedOrMadeAnew() throws Exception {
    Path local = new Path(folder.resolve("report").toString());
    FileSystem disk = local.getFileSystem(new Configuration());
    try (var out = disk.create(local)) {
      out.write(OLD);
    }
    assertThat(folder.resolve(".report.crc")).exists();
    SmallFiles.replace(disk, local, NEW);
    assertThat(SmallFiles.read(disk, local)).hasValue(NEW);

    Files.delete(folder.resolve("report"));
    Files.write(folder.resolve(".report.crc"), OLD);
    SmallFiles.create(disk, local, NEW);
    assertThat(SmallFiles.read(disk, local)).hasValue(NEW);
  }
}
