package org.inclusionmaps.security;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Files that only one of many writers can create. */
final class CreateOnly {
  private CreateOnly() {}

  /**
   * A new file to write to; half of it may be seen while it is written.
   *
   * @throws IOException of a kind named FileAlreadyExistsException, if it is there
   */
  static OutputStream open(FileSystem files, Path path) throws IOException {
    // Hadoop's local file system looks and then creates: two runs could both see no file.
    return files instanceof LocalFileSystem local
        ? Files.newOutputStream(local.pathToFile(path).toPath(), StandardOpenOption.CREATE_NEW)
        : files.create(path, /* overwrite= */ false);
  }
}
