package io.markbridge.step;

import java.nio.file.Path;

/** At Apache MINA SSHD: needs nothing installed. */
class MinaSftpTest extends SftpCases {
  @Override
  SftpPlantServer server(Path empty) throws Exception {
    return new MinaServer(empty);
  }
}
