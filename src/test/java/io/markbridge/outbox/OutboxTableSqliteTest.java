package io.markbridge.outbox;

class OutboxTableSqliteTest extends OutboxTableCases {
  OutboxTableSqliteTest() {
    super(OutboxDatabase.SQLITE);
  }
}
