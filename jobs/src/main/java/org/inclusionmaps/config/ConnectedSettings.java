package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Connected persons from the survey: least respondents of a domain that stands for itself. */
public record ConnectedSettings(@JsonProperty("minimum_respondents") int minimumRespondents) {
  public ConnectedSettings {
    Checks.between("minimum_respondents", minimumRespondents, 1, 1_000_000);
  }
}
