/** Settings: from files, environment and command line, checked before anything starts. */
package io.busbar.kernel.config;
