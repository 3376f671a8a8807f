package io.markbridge.process;

import io.markbridge.outbox.OutboxDatabase;

class OutboxPostgresqlIT extends OutboxCases {
  OutboxPostgresqlIT() {
    super(OutboxDatabase.POSTGRESQL);
  }
}
