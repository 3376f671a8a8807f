package io.markbridge.process;

/** Looks at what the bridge does for one row of the change table: fails where it does not. */
@FunctionalInterface
interface RowCheck {
  void run() throws Exception;
}
