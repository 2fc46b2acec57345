package io.busbar.balancing.record;

/**
 * How cycles are kept.
 *
 * @param days how long, in the database
 * @param memoryCycles how many of each site where there is no database
 * @param spoolCycles how many wait in memory while the database is away; more wait on disk
 * @param spoolBytes how much may wait on disk
 */
public record Keeping(int days, int memoryCycles, int spoolCycles, long spoolBytes) {}
