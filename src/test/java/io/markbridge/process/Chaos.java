package io.markbridge.process;

import io.markbridge.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Bridges on one journal and one inbox between which processes die and the network fails, until
 * every document is answered. The journal is PostgreSQL for several, SQLite for one.
 */
final class Chaos implements AutoCloseable {
  /**
   * @param limit POSTs and GETs a minute, of the operator and of the bridges
   * @param faults of a thousand requests
   * @param between two kills, on average
   * @param seed of faults, kills and their order
   */
  record Size(int documents, int replicas, int limit, int faults, Duration between, long seed) {}

  /**
   * @param most calls of any sliding minute, by credential and method
   * @param minutes calls of whole minutes in which some waited, POSTs and GETs
   * @param notDone documents that ended otherwise, and requests in doubt
   */
  record Result(
      Size size,
      Duration took,
      int kills,
      int stops,
      int outages,
      Map<Fault.Kind, Long> faults,
      List<String> lost,
      List<String> doubled,
      List<String> notDone,
      Map<String, Integer> most,
      Map<String, List<Integer>> minutes,
      Map<String, Long> calls) {
    /** Calls that arrived while some waited, of those that the limit allows. */
    double used() {
      return minutes().values().stream()
              .flatMap(List::stream)
              .mapToInt(Integer::intValue)
              .average()
              .orElse(0)
          / size.limit();
    }
  }

  private static final String POSTS = "login:demo POST";
  private static final String GETS = "login:demo GET";
  private static final Duration STANDSTILL = Duration.ofMinutes(10);

  private final Size size;
  private final Path folder;
  private final Random random;
  private final PrintStream told;
  private final Sandbox sandbox;
  private final FaultProxy proxy;
  private final FileDrop files;
  private final ChaosDocuments documents;
  private final ChaosWatch watch;
  private final List<BridgeProcess> replicas = new ArrayList<>();
  private final List<Long> shut = new ArrayList<>();
  private int kills;
  private int stops;
  private int outages;

  private Chaos(Size size, Path folder, PrintStream told) throws IOException, InterruptedException {
    this.size = size;
    this.folder = folder;
    this.told = told;
    this.random = new Random(size.seed());
    this.sandbox =
        Sandbox.start(
            FastSandbox.options()
                .with("unknown-codes", "accept")
                // Otherwise the codes of a first pack whose answer was lost cannot be had again.
                .with("codes-without-pack", "first")
                .with("order-delay", "300ms")
                .with("utilisation-delay", "300ms")
                .with("document-visible-after", "100ms")
                .with("document-delay", "300ms"));
    this.proxy = FaultProxy.start(sandbox.uri(), FaultPlan.none());
    this.files = new FileDrop(folder, (what, patience, condition) -> {});
    Files.createDirectories(folder.resolve("inbox"));
    this.documents = ChaosDocuments.of(size.documents(), sandbox);
    documents.drop(files);
    sandbox.set("limit", Integer.toString(size.limit()));
    String journal =
        size.replicas() == 1
            ? "jdbc:sqlite:" + folder.resolve("markbridge.db")
            : PostgresServer.shared().newDatabase();
    for (int number = 0; number < size.replicas(); number++) {
      replicas.add(replica(number, journal));
    }
    this.watch = ChaosWatch.start(journal);
  }

  private BridgeProcess replica(int number, String journal) throws IOException {
    Path own = Files.createDirectories(folder.resolve("replica-" + number));
    BridgeProcess replica =
        BridgeProcess.of(own, sandbox)
            .with("markbridge.openapi.url", proxy.uri().toString())
            .with("markbridge.openapi.answer-timeout-milliseconds", "10000")
            .with("markbridge.journal.url", journal)
            .with("markbridge.limits.post", Integer.toString(size.limit()))
            .with("markbridge.limits.poll", Integer.toString(size.limit()))
            .with("markbridge.limits.login", "10")
            .with("markbridge.files.poll-milliseconds", "500")
            .with("markbridge.track.first", "4s")
            .with("markbridge.track.longest", "10s")
            .with("markbridge.retry.longest", "20s")
            // The sandbox shows at once what it has: nothing is gained by looking for minutes.
            .with("markbridge.look-up.absent-after", "20s")
            .with("markbridge.orders.fetch-codes", "none")
            // The list of 20,000 files in one inbox alone is too much for 64 MB.
            .withFlags("-Xmx128m");
    for (String kind : List.of("inbox", "replies", "done", "failed")) {
      replica.with("markbridge.files." + kind, folder.resolve(kind).toString());
    }
    ManyDocumentsIT.placeOfFactory(own);
    return replica;
  }

  /** Runs until everything is answered, or nothing goes on any more. */
  static Result run(Size size, Path folder, PrintStream told) throws Exception {
    try (Chaos chaos = new Chaos(size, folder, told)) {
      return chaos.run();
    }
  }

  private Result run() throws Exception {
    Instant begin = Instant.now();
    for (BridgeProcess replica : replicas) {
      replica.start();
    }
    proxy.plan(FaultPlan.random(size.seed(), size.faults(), FaultPlan.everyFault()));
    Instant moved = begin;
    long changes = -1;
    Instant next = later(begin);
    Instant nextTelling = begin;
    boolean calm = false;
    while (!answered() && Instant.now().isBefore(moved.plus(STANDSTILL))) {
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      Instant now = Instant.now();
      if (watch.last().changes() != changes) {
        changes = watch.last().changes();
        moved = now;
      }
      if (now.isAfter(nextTelling)) {
        nextTelling = now.plusSeconds(30);
        told.println(now.truncatedTo(ChronoUnit.SECONDS) + " " + watch.last());
      }
      if (!calm && nearlyDone()) {
        // What the last kill left is found out without another one.
        calm = true;
        proxy.plan(FaultPlan.none());
        told.println(now.truncatedTo(ChronoUnit.SECONDS) + " calm");
      }
      if (!calm && now.isAfter(next)) {
        happen();
        next = later(Instant.now());
      }
    }
    Duration took = Duration.between(begin, Instant.now());
    return new Result(
        size,
        took,
        kills,
        stops,
        outages,
        proxy.counts(),
        documents.lost(files),
        documents.doubled(files),
        watch.notDone(),
        sandbox.journal().mostCallsPerMinute(),
        Map.of(POSTS, minutes("post", POSTS), GETS, minutes("poll", GETS)),
        sandbox.journal().callsByName());
  }

  private List<Integer> minutes(String bucket, String key) {
    return watch.calls(
        bucket,
        sandbox.journal().callsPerSecond().getOrDefault(key, new java.util.TreeMap<>()),
        shut);
  }

  private Instant later(Instant from) {
    long average = size.between().toMillis();
    return from.plusMillis(average / 2 + random.nextInt((int) average));
  }

  private boolean answered() {
    ChaosWatch.Look look = watch.last();
    return look.documents() == documents.count()
        && look.open() == 0
        && look.unanswered() == 0
        && files.waiting("").stream().noneMatch(name -> name.matches(".*\\.(json|http)"));
  }

  private boolean nearlyDone() {
    ChaosWatch.Look look = watch.last();
    return look.documents() == documents.count() && look.open() < documents.count() / 50 + 5;
  }

  private void happen() throws Exception {
    int what = random.nextInt(10);
    BridgeProcess one = replicas.get(random.nextInt(replicas.size()));
    if (what < 6) {
      tell("kill -9 " + one.folder().getFileName());
      one.kill();
      kills++;
      pause(random.nextInt(4000));
      one.start();
    } else if (what < 8) {
      tell("SIGTERM " + one.folder().getFileName());
      one.stop();
      stops++;
      pause(random.nextInt(4000));
      one.start();
    } else if (what < 9) {
      tell("too many, wait a second");
      FaultPlan before = FaultPlan.random(random.nextLong(), size.faults(), FaultPlan.everyFault());
      FaultPlan once = FaultPlan.script("POST /api/", Fault.tooMany(Duration.ofSeconds(1)));
      proxy.plan(
          (method, path) -> {
            Fault fault = once.next(method, path);
            return fault.kind() == Fault.Kind.NONE ? before.next(method, path) : fault;
          });
    } else {
      tell("outage");
      outages++;
      long from = Instant.now().getEpochSecond();
      proxy.shut();
      pause(3000 + random.nextInt(5000));
      proxy.reopen();
      // The bridges try again a little later, and not all at once.
      for (long second = from; second <= Instant.now().getEpochSecond() + 20; second++) {
        shut.add(second);
      }
    }
  }

  private void tell(String event) {
    told.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + event);
  }

  private static void pause(int milliseconds) {
    long end = System.nanoTime() + Duration.ofMillis(milliseconds).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (watch != null) {
      watch.close();
    }
    for (BridgeProcess replica : replicas) {
      replica.close();
    }
    proxy.close();
    sandbox.close();
  }

  /**
   * Prints a result as it stands in bench/results; status 1 when something did not hold.
   *
   * <p>Arguments: folder, documents, replicas, limit, seed.
   */
  public static void main(String[] arguments) throws Exception {
    Size size =
        new Size(
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            15,
            Duration.ofSeconds(30),
            Long.parseLong(arguments[4]));
    Result result = run(size, Path.of(arguments[0]), System.err);
    print(result, System.out);
    boolean held =
        result.lost().isEmpty()
            && result.doubled().isEmpty()
            && result.notDone().isEmpty()
            && result.used() >= 0.95
            && result.most().values().stream().allMatch(most -> most <= size.limit());
    System.exit(held ? 0 : 1);
  }

  private static void print(Result result, PrintStream out) {
    Size size = result.size();
    out.println(
        "| documents | replicas | limit a minute | took | kill -9 | SIGTERM | outages | faults | lost | doubled | not done |"
            + " most in a sliding minute | use of the limit while work waited |");
    out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    long faults =
        result.faults().entrySet().stream()
            .filter(entry -> entry.getKey() != Fault.Kind.NONE)
            .mapToLong(Map.Entry::getValue)
            .sum();
    out.printf(
        Locale.ROOT,
        "| %d | %d | %d | %d min %02d s | %d | %d | %d | %d | %d | %d | %d | %s | %.1f %% of %d minutes, least %d |%n",
        size.documents(),
        size.replicas(),
        size.limit(),
        result.took().toMinutes(),
        result.took().toSecondsPart(),
        result.kills(),
        result.stops(),
        result.outages(),
        faults,
        result.lost().size(),
        result.doubled().size(),
        result.notDone().size(),
        result.most(),
        100 * result.used(),
        result.minutes().values().stream().mapToInt(List::size).sum(),
        result.minutes().values().stream()
            .flatMap(List::stream)
            .min(Comparator.naturalOrder())
            .orElse(0));
    out.println();
    out.println("Faults: " + result.faults());
    out.println();
    out.println("Calls: " + result.calls());
    out.println();
    out.println("Calls of each whole minute in which some waited: " + result.minutes());
    tell(out, "Lost", result.lost());
    tell(out, "Doubled", result.doubled());
    tell(out, "Not done", result.notDone());
  }

  private static void tell(PrintStream out, String what, List<String> lines) {
    if (!lines.isEmpty()) {
      out.println();
      out.println(what + ":");
      lines.stream().limit(30).forEach(line -> out.println("- " + line));
    }
  }
}
