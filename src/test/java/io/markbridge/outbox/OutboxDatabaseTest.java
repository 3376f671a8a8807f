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
        "jdbc:postgresql://[fd00::1]:5432/erp",
        "jdbc:postgresql://localhost:5432,db2.plant.example:5432/erp",
        "jdbc:postgresql://127.0.0.1,[fd00::1]/erp",
        "jdbc:postgresql://localhost@db.plant.example/erp",
        "jdbc:postgresql://localhost/erp?host=db2.plant.example",
        "jdbc:postgresql:erp?PGHOST=db2.plant.example"
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
        "jdbc:postgresql://localhost:5432,[::1]:5433,127.0.0.1/erp?targetServerType=primary",
        "jdbc:postgresql://erp@localhost:5432/erp",
        "jdbc:postgresql:erp",
        "jdbc:postgresql:///erp",
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mariadb:sequential://localhost:3306,db2.plant.example:3306/erp",
        "jdbc:mariadb://address=(type=primary)(host=localhost)(port=3306),address=(host=db2.plant.example)/erp",
        "jdbc:mysql://localhost,db2.plant.example/erp"
      })
  void oneOtherMachineOfSeveralIsEnough(String url) {
    assertThat(OutboxDatabase.of(url).properties(url)).containsEntry("sslMode", "verify-full");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mariadb:loadbalance://localhost:3306,127.0.0.1:3307/erp",
        "jdbc:mariadb://address=(host=localhost)(port=3306),address=(localSocket=/run/mysqld.sock)/erp"
      })
  void severalOfThisMachineGoWithout(String url) {
    assertThat(OutboxDatabase.of(url).properties(url)).doesNotContainKey("sslMode");
  }

  @Test
  void noConnectionIsReadForEver() {
    for (String url :
        new String[] {
          "jdbc:postgresql://h/erp",
          "jdbc:mariadb://h/erp",
          "jdbc:sqlserver://h;databaseName=erp",
          "jdbc:oracle:thin:@tcps://h:2484/erp"
        }) {
      assertThat(OutboxDatabase.of(url).properties(url).entrySet())
          .as(url)
          .anyMatch(one -> one.getKey().matches("socketTimeout|oracle\\.jdbc\\.ReadTimeout"));
    }
    String own = "jdbc:sqlserver://h;databaseName=erp;socketTimeout=5000";
    assertThat(OutboxDatabase.of(own).properties(own)).doesNotContainKey("socketTimeout");
  }
}
