package org.inclusionmaps.stage;

import java.util.List;

/** The pipeline: each stage, what it reads, what it writes, in the order that they run. */
public final class InclusionStages {
  private InclusionStages() {}

  /** All stages. A stage reads inputs and what stages before it wrote. */
  public static List<Stage> list() {
    return List.of();
  }
}
