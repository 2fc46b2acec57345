/** Stands in for a grid operator that speaks OSCP 2.0, for tests and demos. */
package io.busbar.oscpstandin;
