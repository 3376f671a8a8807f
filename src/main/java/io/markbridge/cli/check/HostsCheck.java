package io.markbridge.cli.check;

import io.markbridge.cli.check.Hosts.Host;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether the hosts can be reached. The bridge starts without them and waits, so that it is a
 * warning; nothing is said to a host.
 */
final class HostsCheck {
  /** Asking for a name can take longer than connecting. */
  private static final long PATIENCE = 2L * Reach.MILLISECONDS;

  private final List<Host> hosts;
  private final Reach reach;

  HostsCheck(List<Host> hosts, Reach reach) {
    this.hosts = hosts;
    this.reach = reach;
  }

  /** All at once: several behind one closed firewall cost the time of one. */
  List<CheckResult> run() {
    if (hosts.isEmpty()) {
      return List.of();
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(16, hosts.size()),
            work -> {
              Thread thread = new Thread(work, "check");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<CheckResult>> asked = new ArrayList<>();
      for (Host host : hosts) {
        asked.add(threads.submit(() -> check(host)));
      }
      List<CheckResult> results = new ArrayList<>();
      for (int index = 0; index < hosts.size(); index++) {
        results.add(result(hosts.get(index), asked.get(index)));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static CheckResult result(Host host, Future<CheckResult> asked) {
    try {
      return asked.get(PATIENCE, TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      return noAnswer(host);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("connecting to " + host.shown(), failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return noAnswer(host);
    }
  }

  private CheckResult check(Host host) {
    try {
      reach.connect(host.name(), host.port());
      return CheckResult.ok(host.subject(), host.shown() + " takes connections");
    } catch (UnknownHostException unknown) {
      return CheckResult.warning(
          host.subject(),
          "this machine knows no host " + host.name(),
          "check " + host.setting() + ", and the name service of this machine");
    } catch (SocketTimeoutException | NoRouteToHostException closed) {
      return noAnswer(host);
    } catch (ConnectException refused) {
      return CheckResult.warning(
          host.subject(),
          host.shown() + " refuses connections",
          "see that it runs there, and check " + host.setting());
    } catch (IOException | RuntimeException failure) {
      return CheckResult.warning(
          host.subject(),
          host.shown() + " cannot be reached: " + failure.getMessage(),
          "check " + host.setting());
    }
  }

  private static CheckResult noAnswer(Host host) {
    return CheckResult.warning(
        host.subject(),
        host.shown() + " does not answer",
        "open the way from this machine to it (firewall, VPN), and check " + host.setting());
  }
}
