package org.inclusionmaps.store;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** How a kind of file system gives bytes a name in one step. */
interface OneStep {
  /**
   * Address schemes of stores whose objects are seen once they are whole, and cannot be renamed.
   */
  Set<String> OBJECT_STORES =
      Set.of("s3a", "s3", "s3n", "gs", "oss", "cosn", "obs", "wasb", "wasbs");

  /**
   * Makes a file that is not there yet.
   *
   * @throws IOException of a kind named FileAlreadyExistsException, if it is there; any other says
   *     nothing about whether the file was made
   */
  void create(Path path, byte[] bytes) throws IOException;

  /**
   * Makes a file or replaces it.
   *
   * @throws IOException which says nothing about whether that was done
   */
  void replace(Path path, byte[] bytes) throws IOException;

  /** The way of a file system. */
  static OneStep of(FileSystem files, Path path) throws IOException {
    if (files instanceof LocalFileSystem local) {
      return new ByLink(file -> local.pathToFile(file).toPath());
    }
    if (files instanceof RawLocalFileSystem raw) {
      return new ByLink(file -> raw.pathToFile(file).toPath());
    }
    return OBJECT_STORES.contains(files.getScheme()) || ByPut.canCreateAlone(files, path)
        ? new ByPut(files)
        : new ByRename(files);
  }
}
