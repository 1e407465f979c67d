package org.inclusionmaps.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.FaultyFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
  private final Configuration hadoop = new Configuration();
  @TempDir java.nio.file.Path folder;

  /** As Hadoop's own local file system renames: it looks, and then replaces what is there. */
  public static final class LooksAndThenActs extends FilterFileSystem {
    public LooksAndThenActs() {
      super(new RawLocalFileSystem());
    }

    @Override
    public void initialize(URI name, Configuration conf) throws IOException {
      setConf(conf);
      fs.initialize(URI.create("file:///"), conf);
    }

    @Override
    public String getScheme() {
      return "racy";
    }

    @Override
    public URI getUri() {
      return URI.create("racy:///");
    }

    @Override
    protected void checkPath(Path path) {}

    @Override
    public Path makeQualified(Path path) {
      return path;
    }

    private static java.nio.file.Path at(Path path) {
      return java.nio.file.Path.of(path.toUri().getPath());
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
      Files.createDirectories(at(path));
      return true;
    }

    @Override
    public org.apache.hadoop.fs.FSDataOutputStream create(Path path, boolean overwrite)
        throws IOException {
      return new org.apache.hadoop.fs.FSDataOutputStream(Files.newOutputStream(at(path)), null);
    }

    @Override
    public org.apache.hadoop.fs.FSDataInputStream open(Path path, int bufferSize)
        throws IOException {
      return fs.open(new Path(at(path).toUri()), bufferSize);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      return fs.delete(new Path(at(path).toUri()), recursive);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      if (Files.exists(at(to))) {
        return false;
      }
      Thread.yield();
      Files.move(at(from), at(to), StandardCopyOption.REPLACE_EXISTING);
      return true;
    }

    @Override
    public boolean exists(Path path) {
      return Files.exists(at(path));
    }
  }

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
  void aStoreThatLooksAndThenActsIsRefused() {
    hadoop.setClass("fs.racy.impl", LooksAndThenActs.class, FileSystem.class);
    assertThatThrownBy(() -> Probe.check("racy://" + folder, hadoop))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_WRONG))
        .hasMessageContaining("output.path is racy:")
        .hasMessageContaining("of 16 writers that created one file at the same time ")
        .hasMessageContaining("use HDFS, a local disk, or an S3 that honours If-None-Match");
    assertThat(folder).isEmptyDirectory();
  }
}
