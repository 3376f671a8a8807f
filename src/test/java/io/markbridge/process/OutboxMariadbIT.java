package io.markbridge.process;

import io.markbridge.outbox.OutboxDatabase;

class OutboxMariadbIT extends OutboxCases {
  OutboxMariadbIT() {
    super(OutboxDatabase.MARIADB);
  }
}
