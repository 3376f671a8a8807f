package io.markbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxDatabaseTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.plant.example:5432/erp",
        "jdbc:postgresql://10.0.0.7/erp?user=localhost",
        "jdbc:postgresql://[fd00::1]:5432/erp"
      })
  void anotherMachinesCertificateIsChecked(String url) {
    assertThat(OutboxDatabase.of(url).properties(url))
        .containsEntry("sslmode", "verify-full")
        .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost:5432/erp",
        "jdbc:postgresql://127.0.0.1/erp",
        "jdbc:postgresql://[::1]/erp",
        "jdbc:postgresql://db.plant.example/erp?sslmode=disable"
      })
  void thisMachineAndWhatTheAddressSaysGoWithout(String url) {
    assertThat(OutboxDatabase.of(url).properties(url)).doesNotContainKey("sslmode");
  }

  @Test
  void anOwnRootIsUsedByTheDriver() {
    String url = "jdbc:postgresql://db.plant.example/erp?sslrootcert=/etc/erp.pem";
    assertThat(OutboxDatabase.of(url).properties(url))
        .containsEntry("sslmode", "verify-full")
        .doesNotContainKey("sslfactory");
  }

  @Test
  void oneDriverSpeaksToMysqlAndMariadb() {
    String url = "jdbc:mysql://db.plant.example/erp";
    OutboxDatabase database = OutboxDatabase.of(url);
    assertThat(database).isEqualTo(OutboxDatabase.MARIADB);
    assertThat(database.address(url)).isEqualTo("jdbc:mariadb://db.plant.example/erp");
    assertThat(database.properties(url)).containsEntry("sslMode", "verify-full");
    assertThat(database.properties("jdbc:mariadb://localhost/erp")).doesNotContainKey("sslMode");
  }
}
