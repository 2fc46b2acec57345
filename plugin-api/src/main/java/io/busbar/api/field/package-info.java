/** What happens at the chargers and meters: readings, sessions, set-points. */
package io.busbar.api.field;
