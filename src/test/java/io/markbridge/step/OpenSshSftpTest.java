package io.markbridge.step;

import java.nio.file.Path;

/** At a real OpenSSH server. */
class OpenSshSftpTest extends SftpCases {
  @Override
  SftpPlantServer server(Path empty) throws Exception {
    OpenSshServer.assumeInstalled();
    return new OpenSshServer(empty);
  }
}
