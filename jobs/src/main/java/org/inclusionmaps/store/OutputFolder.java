package org.inclusionmaps.store;

import java.io.IOException;
import java.nio.charset.Charset;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** The folder that runs and releases go to. */
public final class OutputFolder {
  private static final String PATTERN = "*?[]{}";

  private OutputFolder() {}

  /**
   * Makes it, if it is not there.
   *
   * @throws InclusionException {@link ErrorCode#SETTINGS_WRONG} if a file is in its place, this
   *     process cannot spell it, or its name is a pattern
   */
  public static void make(FileSystem files, Path folder) throws IOException {
    checkNoPattern(files.makeQualified(folder));
    if (files.getScheme().equals("file")) {
      checkSpelling(folder, Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
    }
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

  /** Spark reads tables by paths in which these letters stand for others; those above count too. */
  private static void checkNoPattern(Path folder) {
    String path = folder.toUri().getPath();
    if (path.chars().anyMatch(letter -> PATTERN.indexOf(letter) >= 0)) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "output.path is %s, but none of %s may be in it: Spark takes them for a pattern; name another"
              .formatted(path, PATTERN));
    }
  }

  /**
   * Java spells names of local files by the locale. What that has no letter for would become a
   * question mark, and a release would go to a folder that nobody named.
   *
   * @param names the charset of names of files
   */
  static void checkSpelling(Path folder, Charset names) {
    if (!names.newEncoder().canEncode(folder.toString())) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "output.path is %s, but the locale of this process (%s) cannot spell it; set LC_ALL=C.UTF-8 in its environment"
              .formatted(folder, names));
    }
  }
}
