package org.inclusionmaps.store;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An object store: an object is seen whole, and the store itself refuses to create one that is
 * there. Source: RFC 9110, section 13.1.2 (If-None-Match), as S3A has it from Hadoop 3.4.2 on.
 */
record ByPut(FileSystem files) implements OneStep {
  /** A text, and not Hadoop's constant, so that an older Hadoop still loads the class. */
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  /** Whether a store can create an object that is not there, and no other. */
  static boolean canCreateAlone(FileSystem files, Path path) throws IOException {
    return files.hasPathCapability(path, CONDITIONAL);
  }

  @Override
  public void create(Path path, byte[] bytes) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder =
        files.createFile(path).recursive().overwrite(/* overwrite= */ false);
    if (canCreateAlone(files, path)) {
      builder.must(CONDITIONAL, true);
    }
    write(builder, bytes);
  }

  @Override
  public void replace(Path path, byte[] bytes) throws IOException {
    write(files.createFile(path).recursive().overwrite(/* overwrite= */ true), bytes);
  }

  private static void write(FSDataOutputStreamBuilder<?, ?> builder, byte[] bytes)
      throws IOException {
    try (FSDataOutputStream out = builder.build()) {
      out.write(bytes); // the store has it when the stream is closed
    }
  }
}
