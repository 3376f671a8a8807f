package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.sandbox.Sandbox;
import io.markbridge.step.TestSftpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every secret that a site can have, none of which works: whoever is refused tells most, and at the
 * most talkative level.
 */
class SecretsIT {
  private static final String LOGIN = "login-of-the-plant";
  private static final String PASSWORD = "password-of-the-plant";
  private static final String API_KEY = "api-key-of-the-other";
  private static final String SHOP_KEY = "key-of-the-shop";
  private static final String SHOP_TOKEN = "token-of-the-shop";
  private static final String SFTP_PASSWORD = "word-at-the-server";
  private static final String SFTP_PASSPHRASE = "phrase-of-the-key";
  private static final String OUTBOX_PASSWORD = "word-at-the-database";
  private static final String AUTHORIZATION = "authorization-at-the-collector";
  private static final String[] SECRETS = {
    LOGIN,
    PASSWORD,
    API_KEY,
    SHOP_KEY,
    SHOP_TOKEN,
    SFTP_PASSWORD,
    SFTP_PASSPHRASE,
    OUTBOX_PASSWORD,
    AUTHORIZATION
  };

  @TempDir Path folder;

  @Test
  void refusedSecretsAreToldNeitherByTheLogNorByTheCheck() throws Exception {
    try (Sandbox sandbox = FastSandbox.start();
        RefusingPostgresql database = new RefusingPostgresql();
        TraceCollector collector = TraceCollector.start();
        TestSftpServer server =
            new TestSftpServer(Files.createDirectories(folder.resolve("server")));
        BridgeProcess bridge =
            BridgeProcess.of(Files.createDirectories(folder.resolve("bridge")), sandbox)
                .withCredentials(LOGIN, PASSWORD)) {
      collector.refuse(true);
      bridge
          .with("quarkus.log.level", "DEBUG")
          .with("quarkus.log.category.\"io.quarkus\".level", "DEBUG")
          .with("quarkus.log.category.\"org.apache.camel\".level", "DEBUG")
          .with("markbridge.accounts.other.oms-id", "other")
          .with("markbridge.accounts.other.api-key", API_KEY)
          .with("markbridge.market.url", sandbox.uri().toString())
          .with("markbridge.market.campaigns.1001.api-key", SHOP_KEY)
          .with("markbridge.market.campaigns.1002.oauth-token", SHOP_TOKEN)
          .with("markbridge.outbox.erp.url", database.url())
          .with("markbridge.outbox.erp.username", "markbridge")
          .with("markbridge.outbox.erp.password", OUTBOX_PASSWORD)
          .with("markbridge.traces.endpoint", collector.uri().toString())
          .with("markbridge.traces.authorization", "Bearer " + AUTHORIZATION);
      Map<String, String> known = new HashMap<>(server.settings());
      known.put("passphrase", SFTP_PASSPHRASE);
      known.forEach((key, value) -> bridge.with("markbridge.sftp.key." + key, value));
      known.keySet().removeAll(List.of("private-key-file", "passphrase"));
      known.put("password", SFTP_PASSWORD);
      known.forEach((key, value) -> bridge.with("markbridge.sftp.word." + key, value));

      FileDrop files = bridge.start().files();
      files.put("default/beer/order.json", LegacyBodies.order("one", 1).toString());
      files.put("other/beer/order.json", LegacyBodies.order("two", 1).toString());
      files.put("market/key.json", market(1001));
      files.put("market/token.json", market(1002));
      for (String source : List.of("sftp:key", "sftp:word", "outbox:erp", "traces")) {
        bridge.await(source, () -> told(bridge).contains(source + ": "));
      }
      bridge.await("its password", () -> database.passwords().contains(OUTBOX_PASSWORD));
      files.await("market/key.error.json");
      files.await("market/token.error.json");
      for (String account : List.of("default", "other")) {
        bridge.await(account, () -> asked(bridge, "health").contains("account " + account));
      }
      assertThat(asked(bridge, "health") + asked(bridge, "metrics")).doesNotContain(SECRETS);
      bridge.stop();
      assertThat(told(bridge)).contains("DEBUG").doesNotContain(SECRETS).doesNotContain("Bearer ");

      Path checked = folder.resolve("checked");
      assertThat(bridge.command(checked, "check", "--online")).isEqualTo(1);
      assertThat(Files.readString(checked))
          .contains("sftp key", "sftp word", "outbox erp", "login default", "login market:1002")
          .doesNotContain(SECRETS);
    }
  }

  private static String market(long campaign) {
    return MarketBodies.item(
            MarketBodies.document(campaign, 1), 1, MarketBodies.code((int) campaign))
        .toString();
  }

  private static String asked(BridgeProcess bridge, String path) {
    try {
      return bridge.http(path).body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static String told(BridgeProcess bridge) {
    try {
      return bridge.told();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
