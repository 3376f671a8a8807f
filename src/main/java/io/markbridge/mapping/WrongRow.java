package io.markbridge.mapping;

/**
 * A row of a site's file that cannot mean what the site wants.
 *
 * @param place the file, and its line or row
 * @param what is wrong
 * @param advice what to write
 */
public record WrongRow(String place, String what, String advice) {}
