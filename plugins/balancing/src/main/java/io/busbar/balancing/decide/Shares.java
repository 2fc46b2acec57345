package io.busbar.balancing.decide;

/** What sharing came to. */
interface Shares {

  /** Whole watts of a connector. */
  int watts(int connector);

  /** The same with what stopped it. */
  Share of(ConnectorRating connector, int wantedWatts);
}
