package io.markbridge.outbox;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kinds of database that an outbox may be in: everything in which they differ but the SQL. */
public enum OutboxDatabase {
  POSTGRESQL("org.postgresql.Driver", "jdbc:postgresql:"),
  MARIADB("org.mariadb.jdbc.Driver", "jdbc:mariadb:", "jdbc:mysql:"),
  SQLITE("org.sqlite.JDBC", "jdbc:sqlite:"),
  MSSQL("com.microsoft.sqlserver.jdbc.SQLServerDriver", "jdbc:sqlserver:"),
  ORACLE("oracle.jdbc.OracleDriver", "jdbc:oracle:");

  /** What stands between {@code //} and the name of the database: one host or several. */
  private static final Pattern AUTHORITY = Pattern.compile("//((?:\\([^)]*\\)|[^/?;(])*)");

  /** A host as an option says it: of PostgreSQL, or of MariaDB in {@code address=(host=…)}. */
  private static final Pattern HOST_OPTION =
      Pattern.compile("[?&(](?:host|pghost)=([^&)]*)", Pattern.CASE_INSENSITIVE);

  private static final Pattern LOOPBACK =
      Pattern.compile("|localhost|127(\\.\\d+){3}|\\[(::1|0*(:0*){6}:0*1)]");

  /** Read and write, but do not make the file: an empty one would hide a wrong path. */
  private static final String SQLITE_READ_WRITE = "2";

  private final String driver;
  private final List<String> prefixes;

  OutboxDatabase(String driver, String... prefixes) {
    this.driver = driver;
    this.prefixes = List.of(prefixes);
  }

  /**
   * @param url a JDBC address
   * @throws IllegalArgumentException when it is of none of them
   */
  public static OutboxDatabase of(String url) {
    for (OutboxDatabase one : values()) {
      if (one.prefixes.stream().anyMatch(url::startsWith)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "the address of an outbox begins with none of its databases");
  }

  /** Also the folder below {@code config/sql}. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  String driver() {
    return driver;
  }

  /**
   * How many characters a text has for this database: most count each as one, and some count those
   * that are two halves in Java (an emoji) as two.
   */
  long length(String text) {
    return switch (this) {
      case MSSQL, ORACLE -> text.length();
      case POSTGRESQL, MARIADB, SQLITE -> text.codePointCount(0, text.length());
    };
  }

  /** The address as the driver knows it: one driver speaks to both MariaDB and MySQL. */
  String address(String url) {
    return this == MARIADB ? url.replaceFirst("^jdbc:mysql:", "jdbc:mariadb:") : url;
  }

  /**
   * What the connections have unless the address says otherwise: time limits, and a checked
   * certificate where the host is another machine.
   */
  Map<String, String> properties(String url) {
    Map<String, String> properties = new LinkedHashMap<>();
    switch (this) {
      case POSTGRESQL -> {
        properties.put("ApplicationName", "markbridge");
        properties.put("connectTimeout", "10");
        properties.put("socketTimeout", "120");
        properties.put("tcpKeepAlive", "true");
        properties.put("logServerErrorDetail", "false");
        // Texts fit columns of every type: json, uuid.
        properties.put("stringtype", "unspecified");
        if (remote(url) && !says(url, "sslmode")) {
          properties.put("sslmode", "verify-full");
          if (!says(url, "sslrootcert") && !says(url, "sslfactory")) {
            // The trust store of Java, as for the operator.
            properties.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
          }
        }
      }
      case MARIADB -> {
        put(properties, url, "connectTimeout", "10000");
        put(properties, url, "socketTimeout", "120000");
        put(properties, url, "tcpKeepAlive", "true");
        if (remote(url) && !says(url, "useSsl")) {
          put(properties, url, "sslMode", "verify-full");
        }
      }
      case SQLITE -> {
        properties.put("busy_timeout", "30000");
        properties.put("transaction_mode", "IMMEDIATE");
        properties.put("open_mode", SQLITE_READ_WRITE);
      }
      // Its driver encrypts and checks by default.
      case MSSQL -> {
        put(properties, url, "applicationName", "markbridge");
        put(properties, url, "socketTimeout", "120000");
      }
      // TLS is part of its address: jdbc:oracle:thin:@tcps://…
      case ORACLE -> {
        properties.put("oracle.net.CONNECT_TIMEOUT", "10000");
        properties.put("oracle.jdbc.ReadTimeout", "120000");
      }
    }
    return properties;
  }

  /**
   * What is said to the database once on each connection; empty where there is nothing to say. A
   * server of old habits would write question marks for characters that a column cannot hold, and
   * cut off what is too long, without a word.
   */
  Optional<String> initialSql() {
    return this == MARIADB
        ? Optional.of("set session sql_mode = concat(@@sql_mode, ',STRICT_TRANS_TABLES')")
        : Optional.empty();
  }

  private static void put(
      Map<String, String> properties, String url, String name, String otherwise) {
    if (!says(url, name)) {
      properties.put(name, otherwise);
    }
  }

  private static boolean says(String url, String option) {
    return url.toLowerCase(Locale.ROOT)
        .matches("(?s).*[?&;]" + option.toLowerCase(Locale.ROOT) + "=.*");
  }

  /** Any host of the address is another machine: the driver may come to each of them. */
  private static boolean remote(String url) {
    Matcher authority = AUTHORITY.matcher(url);
    Stream<String> hosts =
        authority.find()
            ? Arrays.stream(authority.group(1).split(","))
                .filter(host -> !host.startsWith("address="))
                .map(host -> host.substring(host.lastIndexOf('@') + 1).replaceFirst(":\\d*$", ""))
            : Stream.empty();
    Stream<String> options =
        HOST_OPTION.matcher(url).results().flatMap(one -> Arrays.stream(one.group(1).split(",")));
    return Stream.concat(hosts, options)
        .anyMatch(host -> !LOOPBACK.matcher(host.strip().toLowerCase(Locale.ROOT)).matches());
  }
}
