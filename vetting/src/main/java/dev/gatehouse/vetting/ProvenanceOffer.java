package dev.gatehouse.vetting;

/** What the page of a project says of attestations. */
public enum ProvenanceOffer {
  /** No file of the project has any: that this one has none means nothing. */
  NOWHERE,
  /** Other files have some, this one does not. */
  OF_OTHERS,
  /** This file has some. */
  OF_THIS
}
