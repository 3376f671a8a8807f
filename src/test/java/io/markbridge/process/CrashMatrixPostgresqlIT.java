package io.markbridge.process;

/** Every point, on a database of its own. */
class CrashMatrixPostgresqlIT extends CrashMatrix {
  private final String url = PostgresServer.shared().newDatabase();

  @Override
  String journalUrl() {
    return url;
  }
}
