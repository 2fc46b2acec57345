/** What is known of vehicles' stays, and the rules that they keep; plain, without bus and clock. */
package io.busbar.balancing.session;
