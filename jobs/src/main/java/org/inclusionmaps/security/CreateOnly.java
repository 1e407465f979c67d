package org.inclusionmaps.security;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
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

  /**
   * Creates a file that is seen whole or not at all, and is on the disk when this returns. It needs
   * a file system whose rename is one step and refuses to replace a file, as HDFS does.
   *
   * @throws IOException of a kind named FileAlreadyExistsException, if it is there
   */
  static void write(FileSystem files, Path path, byte[] bytes) throws IOException {
    Path draft = new Path(path.getParent(), "_draft-" + UUID.randomUUID());
    if (files instanceof LocalFileSystem local) {
      local(local.pathToFile(path).toPath(), local.pathToFile(draft).toPath(), bytes);
      return;
    }
    try (FSDataOutputStream out = files.create(draft, /* overwrite= */ false)) {
      out.write(bytes);
      out.hsync();
    }
    if (!files.rename(draft, path)) {
      files.delete(draft, /* recursive= */ false);
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  private static void local(java.nio.file.Path path, java.nio.file.Path draft, byte[] bytes)
      throws IOException {
    try (FileChannel out =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(/* metaData= */ true);
    }
    try {
      Files.createLink(path, draft); // unlike a move, it does not replace
    } finally {
      Files.delete(draft);
    }
    try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
      folder.force(/* metaData= */ true);
    }
  }
}
