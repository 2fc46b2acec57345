package io.busbar.api;

import java.util.regex.Pattern;

/** What names of addresses look like; compiled once, because an address is made for every site. */
final class AddressName {

  static final Pattern FORM = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)+\\.v[0-9]+");

  private AddressName() {}
}
