package io.busbar.web;

/** What a principal may do; each may also do what those before it may. */
enum Role {
  VIEWER,
  OPERATOR,
  ENGINEER
}
