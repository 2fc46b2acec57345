/** Verbs for who puts chargers into service, and for who writes drivers. */
package io.busbar.commissioning;
