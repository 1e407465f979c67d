package org.inclusionmaps.privacy;

/**
 * What the noise of one measurement is a function of, besides the key. The same three give the same
 * noise, in a retry, a rerun and on any machine; a change in any of them gives noise that tells
 * nothing of the other.
 *
 * @param id which measurement, such as the quarter that it is for
 * @param inputHash hash of all that the measurement reads of persons, and of nothing else: were it
 *     to change with tonight's towers, noise would be redrawn nightly and average out. It is as
 *     secret as the data: who knows all persons but one can try that one. Never write it in clear
 * @param policyHash hash of what is measured how: queries, cells, bounds, shares of the budget
 */
public record Measurement(String id, String inputHash, String policyHash) {
  /** Refuses an empty part: a hash that was forgotten would re-use noise. */
  public Measurement {
    if (id.isEmpty() || inputHash.isEmpty() || policyHash.isEmpty()) {
      throw new IllegalArgumentException(
          "a measurement needs its id, the hash of its inputs and the hash of its policy");
    }
  }

  /** Shows the id alone. */
  @Override
  public String toString() {
    return "Measurement " + id;
  }
}
