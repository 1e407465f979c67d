package org.inclusionmaps.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Small files that are seen whole or not at all: created by one of many writers alone, or replaced
 * in one step. When a method returns they are on the disk.
 */
public final class SmallFiles {
  private SmallFiles() {}

  /**
   * Creates a file, and the folders above it. It needs a file system whose rename is one step and
   * refuses to replace a file, as HDFS does.
   *
   * @throws IOException of a kind named FileAlreadyExistsException, if it is there
   */
  public static void create(FileSystem files, Path path, byte[] bytes) throws IOException {
    files.mkdirs(path.getParent());
    java.nio.file.Path local = local(files, path);
    Path draft = draft(path);
    if (local != null) {
      java.nio.file.Path made = local.resolveSibling(draft.getName());
      writeLocal(made, bytes);
      try {
        Files.createLink(local, made); // unlike a move, it does not replace
      } finally {
        Files.delete(made);
      }
      syncFolder(local);
      return;
    }
    write(files, draft, bytes);
    if (!files.rename(draft, path)) {
      files.delete(draft, /* recursive= */ false);
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  /** Replaces a file, or creates it: readers see the old bytes or the new ones. */
  public static void replace(Configuration hadoop, FileSystem files, Path path, byte[] bytes)
      throws IOException {
    files.mkdirs(path.getParent());
    java.nio.file.Path local = local(files, path);
    Path draft = draft(path);
    if (local != null) {
      java.nio.file.Path made = local.resolveSibling(draft.getName());
      writeLocal(made, bytes);
      Files.move(made, local, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(local);
      return;
    }
    write(files, draft, bytes);
    FileContext.getFileContext(path.toUri(), hadoop).rename(draft, path, Rename.OVERWRITE);
  }

  /** A file's bytes; nothing if it is not there. */
  public static Optional<byte[]> read(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Path draft(Path path) {
    return new Path(path.getParent(), "_draft-" + UUID.randomUUID());
  }

  private static void write(FileSystem files, Path path, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = files.create(path, /* overwrite= */ false)) {
      out.write(bytes);
      out.hsync();
    }
  }

  /** Hadoop's own local file systems look and then act, so that two writers could both win. */
  private static java.nio.file.@Nullable Path local(FileSystem files, Path path) {
    if (files instanceof LocalFileSystem local) {
      return local.pathToFile(path).toPath();
    }
    return files instanceof RawLocalFileSystem raw ? raw.pathToFile(path).toPath() : null;
  }

  private static void writeLocal(java.nio.file.Path path, byte[] bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(/* metaData= */ true);
    }
  }

  private static void syncFolder(java.nio.file.Path file) throws IOException {
    java.nio.file.Path folder = file.getParent();
    if (folder != null) {
      try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
        open.force(/* metaData= */ true);
      }
    }
  }
}
