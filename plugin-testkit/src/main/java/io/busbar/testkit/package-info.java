/** For tests of plugins, ours and anybody's: fakes, a clock that leaps, a bus that remembers. */
package io.busbar.testkit;
