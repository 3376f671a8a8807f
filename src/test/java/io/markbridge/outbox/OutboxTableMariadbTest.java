package io.markbridge.outbox;

class OutboxTableMariadbTest extends OutboxTableCases {
  OutboxTableMariadbTest() {
    super(OutboxDatabase.MARIADB);
  }
}
