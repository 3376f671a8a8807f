package io.markbridge.mapping;

/**
 * One entry of the streamed array, rewritten.
 *
 * @param value the new entry, or null where it is left out
 * @param path of the entry, for problems
 */
record MappedEntry(EntryRun run, Value value, String path) {}
