/**
 * The links to grid operators that speak OSCP 2.0: how they are, and what operators do with them.
 */
package io.busbar.api.oscp;
