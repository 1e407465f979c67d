package org.inclusionmaps.store;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/** A file system whose rename is one step and refuses to replace a file, as HDFS: from a draft. */
record ByRename(FileSystem files) implements OneStep {
  @Override
  public void create(Path path, byte[] bytes) throws IOException {
    Path draft = draft(path, bytes);
    if (!files.rename(draft, path)) {
      files.delete(draft, /* recursive= */ false);
      if (!files.exists(path)) {
        throw new IOException(draft + " cannot be renamed to " + path);
      }
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  @Override
  public void replace(Path path, byte[] bytes) throws IOException {
    Path draft = draft(path, bytes);
    FileContext.getFileContext(path.toUri(), files.getConf()).rename(draft, path, Rename.OVERWRITE);
  }

  private Path draft(Path path, byte[] bytes) throws IOException {
    files.mkdirs(path.getParent());
    Path draft = SmallFiles.draft(path);
    try (FSDataOutputStream out = files.create(draft, /* overwrite= */ false)) {
      out.write(bytes);
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    }
    return draft;
  }
}
