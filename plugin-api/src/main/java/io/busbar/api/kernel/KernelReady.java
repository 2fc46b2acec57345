package io.busbar.api.kernel;

import java.time.Instant;

/** All plugins have registered what they answer: asking is allowed from now on. */
public record KernelReady(Instant at) {}
