/**
 * Operating envelopes: taking them, their life, and which limit holds now. {@link
 * io.busbar.envelope.Evaluation} decides what holds; it, the rules and the boundaries are pure.
 */
package io.busbar.envelope;
