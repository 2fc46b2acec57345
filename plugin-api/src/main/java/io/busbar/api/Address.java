package io.busbar.api;

import java.util.Optional;

/**
 * A named place on the bus. Addresses are constants, declared beside the records they carry; the
 * name ends in the version of the contract ({@code balancing.rebalance.v1}). Adding an optional
 * field keeps the version, anything else is a new one.
 */
public sealed interface Address permits Request, Topic {

  /**
   * Name of the contract, without a key: what {@code provides()} and {@code requires()} compare.
   */
  String name();

  /** What narrows the address to one site or device; absent for the unkeyed address. */
  Optional<String> key();

  /** The name as used on the wire: {@code name} or {@code name@key}. */
  default String qualified() {
    return key().map(key -> name() + '@' + key).orElse(name());
  }

  /** Rejects names that are not lower-case dotted words ending in a version. */
  static void checkName(String name) {
    if (!AddressName.FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "address name '" + name + "': expected area.subject.vN in lower case");
    }
  }
}
