/** Limits from outside that hold for a time: submitting them, and which of them holds now. */
package io.busbar.api.envelope;
