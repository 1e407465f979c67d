package org.inclusionmaps.ingest;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.format.geotiff.Bytes;

/** A file on any file system that Hadoop knows, read at any position. */
final class HadoopBytes implements Bytes, AutoCloseable {
  private final FSDataInputStream in;
  private final long length;

  HadoopBytes(String file, Configuration hadoop) throws IOException {
    Path path = new Path(file);
    FileSystem files = path.getFileSystem(hadoop);
    this.length = files.getFileStatus(path).getLen();
    this.in = files.open(path);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void readFully(long position, byte[] into) throws IOException {
    in.readFully(position, into);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
