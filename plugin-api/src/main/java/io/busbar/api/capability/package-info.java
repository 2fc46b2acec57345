/** What controllers report of the capabilities they control. */
package io.busbar.api.capability;
