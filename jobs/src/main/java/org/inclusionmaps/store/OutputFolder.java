package org.inclusionmaps.store;

import java.io.IOException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** The folder that runs and releases go to. */
public final class OutputFolder {
  private OutputFolder() {}

  /**
   * Makes it, if it is not there.
   *
   * @throws InclusionException {@link ErrorCode#SETTINGS_WRONG} if a file is in its place
   */
  public static void make(FileSystem files, Path folder) throws IOException {
    try {
      if (files.mkdirs(folder)) {
        return;
      }
    } catch (FileAlreadyExistsException | ParentNotDirectoryException e) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "output.path is %s, which is no folder: a file is in its place or above it; name another"
              .formatted(folder),
          e);
    }
    throw new IOException("the folder " + folder + " cannot be made");
  }
}
