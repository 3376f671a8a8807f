package io.markbridge.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * An SFTP server whose folders a test sees from within: what it puts there is what a legacy system
 * has uploaded.
 */
interface SftpPlantServer extends AutoCloseable {
  /** The folder with inbox, replies, done and failed. */
  Path root();

  int port();

  /** How the server is known: settings below {@code markbridge.sftp.<server>.}. */
  Map<String, String> hostKey();

  /** Every way to log in, by what it is: settings too; the first one is the usual one. */
  Map<String, Map<String, String>> logins();

  /** How often anybody tried to log in. */
  long attempts();

  /** All that a bridge needs, but for host and port. */
  default Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(hostKey());
    settings.putAll(logins().values().iterator().next());
    return settings;
  }

  /** The same with the login that takes the least time: a passphrase is made slow to try. */
  default Map<String, String> quickSettings() {
    return settings();
  }

  /** Ends all connections and listens no more. */
  void stop() throws Exception;

  /** Listens again at the same port. */
  void start() throws Exception;

  /** From the next start on it shows another host key, or its own again. */
  void showHostKey(boolean own) throws Exception;

  /** Nobody may read this file or write into this folder, or they may again. */
  void permit(Path path, boolean permitted) throws Exception;

  /** Nobody may list this folder, or they may again. */
  void seal(Path folder, boolean sealed) throws Exception;

  /** Connections stay alive and are not answered, at the latest where a file is moved. */
  void hang(boolean hangs) throws Exception;

  /** Nothing more fits into the replies, or it does again. */
  void full(boolean full) throws Exception;

  /** Lets the bridge move what the test has put somewhere. */
  default void handOver(Path path) throws IOException {}

  @Override
  void close() throws Exception;

  /** Puts a whole file somewhere below the root, as somebody does who renames. */
  default Path put(String name, byte[] content) throws IOException {
    Path target = root().resolve(name);
    makeFolders(target.getParent());
    Path temporary = Files.write(root().resolve("inbox/.new"), content);
    handOver(temporary);
    return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private void makeFolders(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      makeFolders(folder.getParent());
      Files.createDirectory(folder);
      handOver(folder);
    }
  }
}
