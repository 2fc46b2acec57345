/**
 * The {@code allocate} verb: allocation problems from files, answers as JSON lines. Reads streams,
 * so that a problem of a million nodes needs little more memory than its arrays and ids.
 */
package io.busbar.balancing.allocate;
