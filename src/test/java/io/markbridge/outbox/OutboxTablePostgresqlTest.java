package io.markbridge.outbox;

class OutboxTablePostgresqlTest extends OutboxTableCases {
  OutboxTablePostgresqlTest() {
    super(OutboxDatabase.POSTGRESQL);
  }
}
