package io.markbridge.process;

/** Every point, on the default journal. */
class CrashMatrixSqliteIT extends CrashMatrix {
  @Override
  String journalUrl() {
    return "jdbc:sqlite:" + folder.resolve("data").resolve("markbridge.db");
  }
}
