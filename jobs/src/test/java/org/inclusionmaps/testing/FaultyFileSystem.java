package org.inclusionmaps.testing;

import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.AbstractFileSystem;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A local folder under the scheme {@code faulty:}, with a rename that is one step, as HDFS has it.
 * Every operation that changes something is counted, and one of them can fail: as a process that
 * dies before or after it, so that nothing works from then on, or as a fault that passes.
 */
public final class FaultyFileSystem extends FileSystem {
  public static final String SCHEME = "faulty";

  /** How an operation fails. */
  public enum Fault {
    /** The process dies before it. */
    DIES_BEFORE,
    /** It is done, and then the process dies. */
    DIES_AFTER,
    /** It is not done, and said so. */
    FAILS,
    /** It is done, and said not to be. */
    DONE_BUT_FAILS,
    /** It is not done, as the disk is full: Hadoop tells it by an error. */
    DISK_FULL
  }

  private static final Object LOCK = new Object();
  private static final List<String> DONE = new ArrayList<>();
  private static int at = -1;
  private static Fault fault = Fault.FAILS;
  private static boolean dead;

  private final RawLocalFileSystem local = new RawLocalFileSystem();
  private URI address = URI.create(SCHEME + ":///");

  /** Settings with which addresses of the scheme work. */
  public static void register(Configuration hadoop) {
    hadoop.setClass("fs.faulty.impl", FaultyFileSystem.class, FileSystem.class);
    hadoop.setClass("fs.AbstractFileSystem.faulty.impl", Abstract.class, AbstractFileSystem.class);
  }

  /** A local folder's address here. */
  public static String address(java.nio.file.Path folder) {
    return SCHEME + "://" + folder.toAbsolutePath();
  }

  /** Begins to count anew; nothing fails. */
  public static void heal() {
    fail(-1, Fault.FAILS);
  }

  /** Begins to count anew; the operation of a number, from 0 on, fails. */
  public static void fail(int number, Fault how) {
    synchronized (LOCK) {
      DONE.clear();
      at = number;
      fault = how;
      dead = false;
    }
  }

  /** What changed something since the count began: a word and a path each. */
  public static List<String> operations() {
    synchronized (LOCK) {
      return List.copyOf(DONE);
    }
  }

  private static void refuseIfDead() throws IOException {
    if (dead) {
      throw new IOException("the process is dead");
    }
  }

  /** As Hadoop's local file system tells it; nobody else may make one. */
  private static FSError diskFull() {
    try {
      var made = FSError.class.getDeclaredConstructor(Throwable.class);
      made.setAccessible(true);
      return made.newInstance(new IOException("No space left on device"));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One at a time, so that each is done whole before the next one's number is given. */
  private static <T> T change(String word, Path path, Callable<T> work) throws IOException {
    synchronized (LOCK) {
      refuseIfDead();
      boolean now = DONE.size() == at;
      DONE.add(word + " " + path.toUri().getPath());
      if (now && fault == Fault.DISK_FULL) {
        throw diskFull();
      }
      if (now && (fault == Fault.DIES_BEFORE || fault == Fault.FAILS)) {
        dead = fault == Fault.DIES_BEFORE;
        throw new IOException("fault before " + word + " " + path);
      }
      T result;
      try {
        result = work.call();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
      if (now) {
        dead = fault == Fault.DIES_AFTER;
        throw new IOException("fault after " + word + " " + path);
      }
      return result;
    }
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    address = URI.create(SCHEME + ":///");
    local.initialize(URI.create("file:///"), conf);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return address;
  }

  private static Path there(Path path) {
    return new Path("file", null, path.toUri().getPath());
  }

  private FileStatus here(FileStatus status) {
    Path path = new Path(SCHEME, null, status.getPath().toUri().getPath());
    return status.isDirectory()
        ? new FileStatus(0, true, 1, status.getBlockSize(), status.getModificationTime(), path)
        : new FileStatus(
            status.getLen(), false, 1, status.getBlockSize(), status.getModificationTime(), path);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    refuseIfDead();
    return local.open(there(path), bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    OutputStream out =
        change(
            "create",
            path,
            () -> local.create(there(path), overwrite, bufferSize, replication, blockSize));
    return new FSDataOutputStream(new Counted(out, path), null);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("nothing is appended to");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return change(
        "rename",
        to,
        () -> {
          if (!local.exists(there(from)) || local.exists(there(to))) {
            return false;
          }
          return local.rename(there(from), there(to));
        });
  }

  private void replace(Path from, Path to) throws IOException {
    change("replace", to, () -> local.rename(there(from), there(to)));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    refuseIfDead();
    if (!recursive || !local.exists(there(path)) || local.getFileStatus(there(path)).isFile()) {
      return change("delete", path, () -> local.delete(there(path), /* recursive= */ false));
    }
    // A process may die between two files of a folder.
    for (FileStatus child : listStatus(path)) {
      delete(child.getPath(), /* recursive= */ true);
    }
    return change("delete", path, () -> local.delete(there(path), /* recursive= */ true));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    refuseIfDead();
    FileStatus[] found = local.listStatus(there(path));
    for (int i = 0; i < found.length; i++) {
      found[i] = here(found[i]);
    }
    return found;
  }

  @Override
  public void setWorkingDirectory(Path folder) {
    local.setWorkingDirectory(there(folder));
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(SCHEME, null, local.getWorkingDirectory().toUri().getPath());
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    refuseIfDead();
    if (local.exists(there(path)) && local.getFileStatus(there(path)).isFile()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return local.exists(there(path)) || change("mkdirs", path, () -> local.mkdirs(there(path)));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    refuseIfDead();
    try {
      return here(local.getFileStatus(there(path)));
    } catch (FileNotFoundException e) {
      throw new FileNotFoundException(path.toString());
    }
  }

  /** A written stream, whose close is one of the operations. */
  private static final class Counted extends FilterOutputStream {
    private final Path path;
    private boolean closed;

    Counted(OutputStream out, Path path) {
      super(out);
      this.path = path;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      refuseIfDead();
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try {
        change(
            "close",
            path,
            () -> {
              out.flush();
              return true;
            });
      } finally {
        out.close();
      }
    }
  }

  /** The same for Hadoop's other interface, which knows a rename that replaces. */
  public static final class Abstract extends DelegateToFileSystem {
    public Abstract(URI name, Configuration conf) throws IOException, URISyntaxException {
      super(name, new FaultyFileSystem(), conf, SCHEME, /* authorityRequired= */ false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      if (overwrite) {
        ((FaultyFileSystem) fsImpl).replace(from, to);
      } else {
        renameInternal(from, to);
      }
    }
  }
}
