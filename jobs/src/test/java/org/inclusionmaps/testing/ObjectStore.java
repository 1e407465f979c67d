package org.inclusionmaps.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
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

  private static void send(Path path, byte[] bytes, boolean alone) throws IOException {
    java.nio.file.Path file = java.nio.file.Path.of(path.toUri().getPath());
    try {
      Files.write(file, bytes, alone ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException("412: " + path);
    }
  }

  private static final class Builder extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {
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
