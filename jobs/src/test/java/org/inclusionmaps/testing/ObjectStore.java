package org.inclusionmaps.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A local folder as an object store shows itself to Hadoop: an object is there when its stream is
 * closed, nothing can be renamed, and objects are created alone by a condition of the request.
 */
public final class ObjectStore extends FilterFileSystem {
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  /** A setting: it does not keep the condition in one step, as some emulators of S3 do not. */
  public static final String LOOKS_AND_THEN_ACTS = "testing.store.looks-and-then-acts";

  private boolean looks;
  private boolean loses;

  public ObjectStore() {
    super(new RawLocalFileSystem());
  }

  /** The address of a local path. */
  public static String address(java.nio.file.Path path) {
    return "file://" + path.toAbsolutePath();
  }

  /** The answer to the next request is lost: the store has done it, and the client repeats it. */
  public void loseNextAnswer() {
    loses = true;
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    fs.initialize(name, conf);
    looks = conf.getBoolean(LOOKS_AND_THEN_ACTS, false);
  }

  @Override
  public String getScheme() {
    return "s3a";
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) {
    return capability.equals(CONDITIONAL);
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException("objects have no rename");
  }

  @Override
  public FSDataOutputStreamBuilder<FSDataOutputStream, ?> createFile(Path path) {
    return new Builder(this, path);
  }

  private FSDataOutputStream put(Path path, boolean alone) {
    return new FSDataOutputStream(
        new ByteArrayOutputStream() {
          @Override
          public void close() throws IOException {
            send(path, toByteArray(), alone);
            if (loses) {
              loses = false;
              send(path, toByteArray(), alone);
            }
          }
        },
        null);
  }

  private void send(Path path, byte[] bytes, boolean alone) throws IOException {
    java.nio.file.Path file = java.nio.file.Path.of(path.toUri().getPath());
    java.nio.file.Path whole = file.resolveSibling("." + UUID.randomUUID());
    Files.createDirectories(file.getParent());
    Files.write(whole, bytes);
    if (alone && looks && Files.exists(file)) {
      Files.delete(whole);
      throw new FileAlreadyExistsException("412: " + path);
    }
    if (alone && looks) {
      pause();
    }
    if (!alone || looks) {
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try {
      Files.createLink(file, whole);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException("412: " + path);
    } finally {
      Files.delete(whole);
    }
  }

  /** As long as a request to a store in another building takes. */
  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Builder
      extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {
    private final ObjectStore store;

    Builder(ObjectStore store, Path path) {
      super(store, path);
      this.store = store;
    }

    @Override
    public Builder getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() {
      return store.put(getPath(), getMandatoryKeys().contains(CONDITIONAL));
    }
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress) {
    throw new UnsupportedOperationException("a store is asked by a builder");
  }
}
