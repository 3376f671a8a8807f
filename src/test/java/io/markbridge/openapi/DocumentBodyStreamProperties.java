package io.markbridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The wrapper of section 7 is exact for every size, however it is read. */
class DocumentBodyStreamProperties {

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 10),
        Arbitraries.integers().between(3 * 8192 - 4, 3 * 8192 + 4),
        Arbitraries.integers().between(0, 200_000));
  }

  @Provide
  Arbitrary<Integer> reads() {
    return Arbitraries.of(1, 2, 3, 7, 1000, 8192, 65_536);
  }

  @Property(tries = 100)
  void wrapsExactly(@ForAll("sizes") int size, @ForAll("reads") int read) throws IOException {
    byte[] inner = new byte[size];
    new Random(size).nextBytes(inner);
    byte[] wrapped = read(DocumentBodyStream.wrap(new Dripping(inner)), read);
    assertThat(new String(wrapped, StandardCharsets.US_ASCII))
        .isEqualTo("{\"documentBody\":\"" + Base64.getEncoder().encodeToString(inner) + "\"}");
    assertThat(DocumentBodyStream.size(size)).isEqualTo(wrapped.length);
  }

  @Example
  void singleBytesAreTheSame() throws IOException {
    byte[] inner = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    InputStream stream = DocumentBodyStream.wrap(new ByteArrayInputStream(inner));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int one = stream.read(); one >= 0; one = stream.read()) {
      bytes.write(one);
    }
    assertThat(bytes.toString(StandardCharsets.US_ASCII))
        .isEqualTo("{\"documentBody\":\"eyJhIjoxfQ==\"}");
  }

  @Example
  void closingClosesTheInnerOne() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream inner =
        new ByteArrayInputStream(new byte[100_000]) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    try (InputStream stream = DocumentBodyStream.wrap(inner)) {
      stream.readNBytes(50);
    }
    assertThat(closed).isTrue();
  }

  private static byte[] read(InputStream stream, int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[size];
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      bytes.write(buffer, 0, count);
    }
    return bytes.toByteArray();
  }

  /** Gives less than it is asked for, as files and sockets may. */
  private static final class Dripping extends ByteArrayInputStream {
    Dripping(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) {
      return super.read(buffer, offset, Math.min(length, 1000));
    }
  }
}
