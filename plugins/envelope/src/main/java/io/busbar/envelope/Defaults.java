package io.busbar.envelope;

import io.busbar.api.envelope.GapPolicy;
import java.time.Duration;

/** How sources are treated that ask for nothing else. */
record Defaults(Duration staleAfter, GapPolicy gapPolicy) {}
