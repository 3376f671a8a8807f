package io.markbridge.openapi;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** Where the buckets of limits are kept. */
@FunctionalInterface
public interface Buckets {
  /** The bucket of this name; made as configured where there is none. */
  Bucket of(String name, BucketConfiguration configuration);

  /**
   * In the memory of this process.
   *
   * @param nanos a time that never jumps: after a jump forward of the clock a minute would hold too
   *     much, after one back nothing would be sent for as long
   */
  static Buckets inMemory(LongSupplier nanos) {
    TimeMeter meter = new Meter(nanos);
    return (name, configuration) ->
        Bucket.builder()
            .withCustomTimePrecision(meter)
            .addLimit(configuration.getBandwidths()[0])
            .build();
  }

  /**
   * In the table {@code buckets} of PostgreSQL, shared by all replicas; each call is a transaction
   * of its own.
   *
   * @param databaseNanos the one clock of all replicas
   */
  static Buckets shared(DataSource source, LongSupplier databaseNanos) {
    ProxyManager<String> manager =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(source)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("buckets")
            .idColumn("id")
            .stateColumn("state")
            .clientClock(new Meter(databaseNanos))
            .requestTimeout(Duration.ofSeconds(5))
            .build();
    return (name, configuration) -> manager.builder().build(name, () -> configuration);
  }

  /** The time by which buckets fill. */
  record Meter(LongSupplier nanos) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanos.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
