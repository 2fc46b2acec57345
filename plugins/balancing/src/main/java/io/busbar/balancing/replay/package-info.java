/**
 * Keeps all that a cycle is decided on, and decides it once more. Depends on no Vert.x and no
 * clock: what a cycle came to then, it comes to at any time, in any process.
 */
package io.busbar.balancing.replay;
