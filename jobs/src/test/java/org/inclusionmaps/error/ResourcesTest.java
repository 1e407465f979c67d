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
    assertThat(Resources.exhausted(new OutOfMemoryError())).isTrue();
    assertThat(Resources.exhausted(new IOException("not a Parquet file"))).isFalse();
  }
}
