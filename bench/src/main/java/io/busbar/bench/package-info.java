/** Benchmarks that print what they measured beside what it is to be compared with. */
package io.busbar.bench;
