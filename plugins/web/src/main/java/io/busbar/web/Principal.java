package io.busbar.web;

/** Who is asking. */
record Principal(String name, Role role) {

  boolean may(Role needed) {
    return role.compareTo(needed) >= 0;
  }
}
