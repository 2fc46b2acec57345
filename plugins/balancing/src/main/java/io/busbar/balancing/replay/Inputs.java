package io.busbar.balancing.replay;

import java.util.Arrays;
import java.util.Objects;

/**
 * All that a cycle was decided on, as few bytes. Made by a {@link Freezer}.
 *
 * @param site name of the site, for people
 * @param frame SHA-256 of the {@link Frame}, hexadecimal
 * @param packedFrame the frame, compressed; empty where it is known from elsewhere
 * @param snapshot the rest, in the layout that the frame has
 */
public record Inputs(String site, String frame, byte[] packedFrame, byte[] snapshot) {

  /** The digest of everything, hexadecimal. */
  public String digest() {
    return new Sha256().put(frame).put(snapshot).hex();
  }

  /** The same with another frame, or without it. */
  public Inputs with(byte[] otherFrame) {
    return new Inputs(site, frame, otherFrame, snapshot);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Inputs(var itsSite, var itsFrame, var itsPacked, var itsSnapshot)
        && site.equals(itsSite)
        && frame.equals(itsFrame)
        && Arrays.equals(packedFrame, itsPacked)
        && Arrays.equals(snapshot, itsSnapshot);
  }

  @Override
  public int hashCode() {
    return Objects.hash(frame, Arrays.hashCode(snapshot));
  }

  @Override
  public String toString() {
    return "%d bytes of %s in frame %s".formatted(snapshot.length, site, frame);
  }
}
