package org.inclusionmaps.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;

/**
 * A local disk: a finished draft is linked or moved to its name. Hadoop's own local file systems
 * look and then act, so that two writers could both win.
 */
record ByLink(Function<Path, java.nio.file.Path> local) implements OneStep {
  @Override
  public void create(Path path, byte[] bytes) throws IOException {
    java.nio.file.Path made = draft(path, bytes);
    java.nio.file.Path named = local.apply(path);
    forgetChecksum(named);
    try {
      Files.createLink(named, made); // unlike a move, it does not replace
    } catch (UnsupportedOperationException e) {
      throw new IOException("the disk of " + path + " has no hard links", e);
    } finally {
      Files.delete(made);
    }
    syncFolder(named);
  }

  @Override
  public void replace(Path path, byte[] bytes) throws IOException {
    java.nio.file.Path named = local.apply(path);
    java.nio.file.Path made = draft(path, bytes);
    forgetChecksum(named);
    Files.move(made, named, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(named);
  }

  private java.nio.file.Path draft(Path path, byte[] bytes) throws IOException {
    java.nio.file.Path draft = local.apply(SmallFiles.draft(path));
    try {
      Files.createDirectories(draft.getParent());
    } catch (FileAlreadyExistsException e) { // it is not the file to be made that is there
      throw new IOException(draft.getParent() + " is no folder: a file is in its place", e);
    } catch (AccessDeniedException e) {
      throw denied(e);
    }
    try (FileChannel out =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(/* metaData= */ true);
    } catch (AccessDeniedException e) {
      throw denied(e);
    } catch (IOException e) { // as a full disk: what was written of it is not to stay
      Files.deleteIfExists(draft);
      throw e;
    }
    return draft;
  }

  /** Of itself it tells the path alone. */
  private static AccessDeniedException denied(AccessDeniedException why) {
    AccessDeniedException told =
        new AccessDeniedException(why.getFile(), why.getOtherFile(), "no right to write there");
    told.initCause(why);
    return told;
  }

  /**
   * Hadoop's own writers leave a file of checksums beside theirs, and its readers would hold it
   * against the new bytes. Without it they read whatever is there.
   */
  private static void forgetChecksum(java.nio.file.Path named) throws IOException {
    Files.deleteIfExists(named.resolveSibling("." + named.getFileName() + ".crc"));
  }

  private static void syncFolder(java.nio.file.Path file) throws IOException {
    try (FileChannel open = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      open.force(/* metaData= */ true);
    }
  }
}
