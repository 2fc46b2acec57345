/** OSCP 2.0, flexibility provider: turns forecasts of grid operators into envelopes. */
package io.busbar.oscp;
