package io.markbridge.process;

import io.markbridge.outbox.OutboxDatabase;

class OutboxSqliteIT extends OutboxCases {
  OutboxSqliteIT() {
    super(OutboxDatabase.SQLITE);
  }
}
