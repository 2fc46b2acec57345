/** For older consumers that know circuits only; translated, never owned here. */
package io.busbar.api.compatibility;
