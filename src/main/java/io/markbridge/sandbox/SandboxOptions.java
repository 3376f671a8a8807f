package io.markbridge.sandbox;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to start a sandbox.
 *
 * @param host address to listen on; loopback unless someone says otherwise
 * @param port 0 takes a free one
 * @param clock time of token lives, limits, delays and dates
 * @param switches values by switch name (see {@link SwitchName}); the others keep their defaults
 */
public record SandboxOptions(String host, int port, Clock clock, Map<String, String> switches) {

  public SandboxOptions {
    switches = Map.copyOf(switches);
  }

  /** Loopback, a free port, the system's clock, all defaults. */
  public static SandboxOptions defaults() {
    return new SandboxOptions("127.0.0.1", 0, Clock.systemUTC(), Map.of());
  }

  public SandboxOptions withHost(String value) {
    return new SandboxOptions(value, port, clock, switches);
  }

  public SandboxOptions withPort(int value) {
    return new SandboxOptions(host, value, clock, switches);
  }

  public SandboxOptions withClock(Clock value) {
    return new SandboxOptions(host, port, value, switches);
  }

  /** One switch more, such as {@code with("token-life", "2s")}. */
  public SandboxOptions with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(switches);
    more.put(name, value);
    return new SandboxOptions(host, port, clock, more);
  }
}
