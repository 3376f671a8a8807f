package io.markbridge.outbox;

import io.markbridge.settings.NamedSection;
import io.markbridge.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One outbox: a table of the legacy system with a row for each document, and what the site says
 * about it ({@code markbridge.outbox.<name>.…}).
 *
 * @param url JDBC address
 * @param account whose documents these are, where no row says it
 * @param group product group, where neither row nor request says it
 * @param charset of payloads in binary columns, and what answers must be written in
 * @param lease how long a claimed row belongs to who claimed it, unless it is renewed
 * @param batch rows claimed at once
 * @param poll pause after a look that found nothing
 * @param largestPayload in bytes; a larger one is refused
 * @param mostAttempts after so many a row that cannot be read is refused
 * @param statements the folder below {@code config/sql} with the site's own statements
 */
public record Outbox(
    String name,
    String url,
    Optional<String> username,
    Optional<String> password,
    Optional<String> account,
    Optional<String> group,
    Optional<String> charset,
    Duration lease,
    int batch,
    Duration poll,
    long largestPayload,
    int mostAttempts,
    Optional<String> statements) {
  private static final String SECTION = "outbox";
  private static final long MEGABYTE = 1024 * 1024;

  /** All that have an address; the start is refused where one has none. */
  public static List<Outbox> all(Settings settings) {
    return settings.outboxes().stream()
        .filter(name -> settings.text(SECTION + "." + name + ".url").isPresent())
        .map(name -> of(settings, name))
        .toList();
  }

  private static Outbox of(Settings settings, String name) {
    NamedSection own = new NamedSection(settings, SECTION, SECTION + "." + name + ".");
    return new Outbox(
        name,
        own.needed("url"),
        own.text("username"),
        own.secret("password"),
        own.text("account"),
        own.text("group"),
        own.text("charset"),
        own.duration("lease"),
        (int) own.number("batch"),
        own.duration("poll"),
        own.number("largest-megabytes") * MEGABYTE,
        (int) own.number("most-attempts"),
        own.text("statements"));
  }

  /** What the journal calls this source. */
  public String source() {
    return SECTION + ":" + name;
  }

  /** Without the secrets; the address may hold some. */
  @Override
  public String toString() {
    return "outbox " + name;
  }
}
