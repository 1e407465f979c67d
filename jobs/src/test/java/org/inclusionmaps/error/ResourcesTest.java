package org.inclusionmaps.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The words of Linux for a full disk, and of Java for a full heap. */
class ResourcesTest {

  @Test
  void aFullDiskOrHeapIsFoundHoweverDeep() {
    assertThat(Resources.exhausted(new IOException("No space left on device"))).isTrue();
    assertThat(
            Resources.exhausted(
                new IllegalStateException(
                    new RuntimeException("task failed: java.lang.OutOfMemoryError: heap"))))
        .isTrue();
    assertThat(
            Resources.exhausted(
                new RuntimeException(
                    "task failed: org.apache.hadoop.fs.FSError: java.io.IOException: Kein Platz")))
        .isTrue();
    assertThat(
            Resources.exhausted(
                new IOException(
                    "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException: The DiskSpace quota")))
        .isTrue();
    assertThat(Resources.exhausted(new OutOfMemoryError())).isTrue();
    assertThat(Resources.exhausted(new IOException("not a Parquet file"))).isFalse();
    assertThat(
            Resources.lack(
                new IllegalStateException(
                    "Task 3 in stage 1.0 failed\n\tat a line\nCaused by: java.io.IOException: No space left on device\n\tat x")))
        .contains("Caused by: java.io.IOException: No space left on device");
  }
}
