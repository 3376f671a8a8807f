package io.markbridge.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.settings.Settings;
import io.markbridge.step.OperatorClient;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LoginCheckTest {
  private final Set<String> asked = new TreeSet<>();

  /** Lets everybody in. */
  private final OperatorClient client =
      new OperatorClient(null, null) {
        @Override
        public OperatorAnswer ask(
            String account, String call, Map<String, String> path, Map<String, String> query) {
          asked.add(account);
          return new OperatorAnswer(
              200, new byte[0], Optional.empty(), List.of(), Optional.empty());
        }
      };

  @Test
  void siteWithCampaignsOnlyLogsInNowhereElse() {
    run(Map.of("markbridge.market.campaigns.1001.api-key", "key"));
    assertThat(asked).containsExactly("market:1001");
  }

  @Test
  void everyAccountThatHasSettingsIsTried() {
    run(
        Map.of(
            "markbridge.accounts.north.api-key", "key",
            "markbridge.accounts.south.oms-id", "7"));
    assertThat(asked).containsExactly("north", "south");
  }

  private void run(Map<String, String> site) {
    Settings settings =
        new Settings(
            new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(site, "test", 100))
                .build());
    assertThat(LoginCheck.run(client, settings))
        .isNotEmpty()
        .allMatch(one -> one.level() == CheckResult.Level.OK);
  }
}
