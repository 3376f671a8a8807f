package io.markbridge.step;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the SSH client makes by name and its extension does not register: keys of type ed25519. */
@RegisterForReflection(
    classNames = {
      "com.jcraft.jsch.jce.KeyPairGenEdDSA",
      "com.jcraft.jsch.jce.PBKDF2",
      "com.jcraft.jsch.jce.SignatureEd25519",
      "com.jcraft.jsch.jce.SignatureEd448",
      "com.jcraft.jsch.jce.XDH"
    })
final class SftpNative {
  private SftpNative() {}
}
