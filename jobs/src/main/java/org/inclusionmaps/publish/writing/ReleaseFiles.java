package org.inclusionmaps.publish.writing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.util.SerializableConfiguration;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.format.ParquetCopy;
import org.inclusionmaps.store.Sha256;
import org.inclusionmaps.store.SmallFiles;

/** The files of one release. It travels to executors. */
public final class ReleaseFiles implements Serializable {
  /** The account of all others, which makes a folder a release. */
  public static final String MANIFEST = "manifest.json";

  /** The signature of the manifest, if there is one: Ed25519, in base64. */
  public static final String SIGNATURE = "manifest.sig";

  @Serial private static final long serialVersionUID = 1;

  private final String root;
  private final SerializableConfiguration configuration;

  public ReleaseFiles(Path root, Configuration hadoop) {
    Configuration plain = new Configuration(hadoop);
    // On a local disk Hadoop would put a .crc file beside each file; the manifest has the sha256.
    plain.setClass("fs.file.impl", RawLocalFileSystem.class, FileSystem.class);
    plain.setBoolean("fs.file.impl.disable.cache", true);
    this.root = root.toString();
    this.configuration = new SerializableConfiguration(plain);
  }

  public Path root() {
    return new Path(root);
  }

  /** The folder of releases that this one is in. */
  public ReleaseFiles releases() {
    return new ReleaseFiles(root().getParent(), configuration());
  }

  /** A release in this folder of releases. */
  public ReleaseFiles release(String name) {
    return new ReleaseFiles(path(name), configuration());
  }

  public Path path(String name) {
    return new Path(root(), name);
  }

  public Configuration configuration() {
    return configuration.value();
  }

  public FileSystem system() throws IOException {
    return root().getFileSystem(configuration());
  }

  public OutputStream create(String name) throws IOException {
    return system().create(path(name), /* overwrite= */ true);
  }

  public void write(String name, byte[] bytes) {
    try (OutputStream out = create(name)) {
      out.write(bytes);
    } catch (IOException e) {
      throw unwritable(name, e);
    }
  }

  public void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Gives a finished file its name; another attempt of the same task may have done so before. */
  void promote(Path from, String name) throws IOException {
    if (!system().rename(from, path(name)) && !system().exists(path(name))) {
      throw new IOException(from + " cannot be renamed to " + name);
    }
    system().delete(from, /* recursive= */ false);
  }

  /** The same for a Parquet file, whose copy has the same bytes in every process. */
  public void promoteParquet(Path from, String name) throws IOException {
    Path copy = from.suffix("-copy");
    try (FSDataInputStream in = system().open(from);
        OutputStream out = system().create(copy, /* overwrite= */ true)) {
      ParquetCopy.copy(in::readFully, system().getFileStatus(from).getLen(), out);
    }
    system().delete(from, /* recursive= */ false);
    promote(copy, name);
  }

  /** Deletes the release: its manifest first, so that nobody takes what is left for one. */
  public void deleteAll() throws IOException {
    system().delete(path(MANIFEST), /* recursive= */ false);
    if (!system().delete(root(), /* recursive= */ true) && system().exists(root())) {
      throw new IOException(root + " cannot be deleted");
    }
  }

  /**
   * Every file but the manifest and its signature by its name within the release, in order, with
   * its length. A draft of a signature, which one left who died, is none of them.
   */
  public Map<String, Long> list() throws IOException {
    Map<String, Long> found = new TreeMap<>();
    list(system(), root(), "", found);
    found.keySet().removeAll(List.of(MANIFEST, SIGNATURE)); // no file can tell its own hash
    found.keySet().removeIf(SmallFiles::isDraft);
    return found;
  }

  public String sha256(String name) throws IOException {
    return Sha256.of(system(), path(name));
  }

  public InclusionException unwritable(String name, IOException e) {
    return new InclusionException(
        ErrorCode.RESOURCES_EXHAUSTED, path(name) + " cannot be written: " + e.getMessage(), e);
  }

  private static void list(FileSystem files, Path folder, String prefix, Map<String, Long> found)
      throws IOException {
    for (FileStatus status : files.listStatus(folder)) {
      String name = prefix + status.getPath().getName();
      if (status.isDirectory()) {
        list(files, status.getPath(), name + "/", found);
      } else {
        found.put(name, status.getLen());
      }
    }
  }
}
