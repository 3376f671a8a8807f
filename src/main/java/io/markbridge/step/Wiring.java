package io.markbridge.step;

import io.agroal.api.AgroalDataSource;
import io.markbridge.document.ProblemSentences;
import io.markbridge.document.ProblemText;
import io.markbridge.journal.Database;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.SharedPauses;
import io.markbridge.legacy.LegacyAnswers;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.legacy.LegacyErrors;
import io.markbridge.legacy.LegacyQueries;
import io.markbridge.legacy.LegacyWords;
import io.markbridge.mapping.ConfiguredDefaults;
import io.markbridge.mapping.Directories;
import io.markbridge.mapping.MappingTables;
import io.markbridge.mapping.MarkingCode;
import io.markbridge.mapping.TableMapper;
import io.markbridge.market.MarketProcedure;
import io.markbridge.market.StatusLookUp;
import io.markbridge.openapi.AnswerReader;
import io.markbridge.openapi.Buckets;
import io.markbridge.openapi.OperatorHealth;
import io.markbridge.openapi.OperatorHealths;
import io.markbridge.openapi.OwnPauses;
import io.markbridge.openapi.Pauses;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.openapi.TokenStore;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.procedure.Bridge;
import io.markbridge.procedure.FailureProgress;
import io.markbridge.procedure.LegacyFields;
import io.markbridge.procedure.Procedure;
import io.markbridge.procedure.Procedures;
import io.markbridge.procedure.Waits;
import io.markbridge.procedure.doubt.LookUps;
import io.markbridge.settings.JournalDatabase;
import io.markbridge.settings.Settings;
import io.markbridge.settings.SiteFiles;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.eclipse.microprofile.config.Config;

/** Puts the plain parts together: the only class that knows all of them. */
@ApplicationScoped
public class Wiring {

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Settings settings(Config config) {
    return new Settings(config);
  }

  @Produces
  @Singleton
  OperatorPreset preset(Settings settings) throws IOException {
    return OperatorPreset.load(SiteFiles.here(), settings.operator());
  }

  @Produces
  @Singleton
  Journal journal(
      @Any InjectableInstance<AgroalDataSource> sources, Settings settings, Clock clock) {
    Dialect dialect = Dialect.of(settings.journalUrl());
    AgroalDataSource reader =
        dialect == Dialect.SQLITE
            ? source(sources, JournalDatabase.SQLITE_READER)
            : writer(sources, settings);
    return new Journal(new Database(writer(sources, settings), reader, dialect), clock);
  }

  @Produces
  @Singleton
  JournalMigration migration(
      @Any InjectableInstance<AgroalDataSource> sources, Settings settings, Journal journal) {
    return new JournalMigration(writer(sources, settings), journal.database());
  }

  private static AgroalDataSource writer(
      InjectableInstance<AgroalDataSource> sources, Settings settings) {
    return source(
        sources,
        switch (Dialect.of(settings.journalUrl())) {
          case SQLITE -> JournalDatabase.SQLITE;
          case POSTGRESQL -> JournalDatabase.POSTGRESQL;
        });
  }

  private static AgroalDataSource source(
      InjectableInstance<AgroalDataSource> sources, String name) {
    return sources.select(new DataSource.DataSourceLiteral(name)).get();
  }

  @Produces
  @Singleton
  OperatorAddress address(Settings settings, OperatorPreset preset) {
    return OperatorAddress.of(settings, preset);
  }

  @Produces
  @Singleton
  AnswerReader answers(Clock clock) {
    return new AnswerReader(clock);
  }

  @Produces
  @Singleton
  RequestLimits limits(
      @Any InjectableInstance<AgroalDataSource> sources,
      Instance<Journal> journal,
      Settings settings,
      OperatorPreset preset,
      Pauses pauses,
      Clock clock) {
    return new RequestLimits(
        name ->
            RequestLimits.Limit.of(preset.ofLimit(name), name, settings.number("limits." + name)),
        buckets(sources, journal, settings),
        pauses,
        clock);
  }

  /** A person's question to the operator comes from no replica, and opens no journal. */
  private static Buckets buckets(
      InjectableInstance<AgroalDataSource> sources, Instance<Journal> journal, Settings settings) {
    Buckets own = Buckets.inMemory(System::nanoTime);
    if (Dialect.of(settings.journalUrl()) == Dialect.SQLITE) {
      return own;
    }
    Buckets shared =
        Buckets.shared(
            source(sources, JournalDatabase.POSTGRESQL),
            () -> journal.get().replicas().databaseNanos());
    return (name, configuration) ->
        (journal.get().replicas().joined() ? shared : own).of(name, configuration);
  }

  @Produces
  @Singleton
  Pauses pauses(Instance<Journal> journal, Settings settings, Clock clock) {
    return switch (Dialect.of(settings.journalUrl())) {
      case SQLITE -> new OwnPauses(clock);
      case POSTGRESQL -> new SharedPauses(journal.get().pauses(), clock);
    };
  }

  @Produces
  @Singleton
  OperatorHealths healths(OperatorPreset preset, OperatorAddress address, Clock clock) {
    return new OperatorHealths(
        preset,
        operator -> {
          String host = URI.create(address.of(operator)).getAuthority();
          return new OperatorHealth(host, clock, new OutageLog(host));
        });
  }

  @Produces
  @Singleton
  TokenStore tokens(
      OperatorPreset preset,
      Settings settings,
      OperatorAddress address,
      RequestLimits limits,
      Pauses pauses,
      CamelContext camel,
      Clock clock) {
    return new TokenStore(
        preset,
        settings::account,
        new LoginCalls(preset, address, camel.createProducerTemplate(), limits),
        pauses,
        clock);
  }

  @Produces
  @Singleton
  Bridge bridge(
      Journal journal, Settings settings, OperatorPreset preset, TokenStore tokens, Clock clock)
      throws IOException {
    LegacyApi api = LegacyApi.load(SiteFiles.here(), settings.text("legacy", "suz"));
    LegacyWords words = new LegacyWords(api, preset);
    ProblemText text = new ProblemSentences(settings.language())::say;
    return new Bridge(
        journal,
        settings,
        preset,
        Waits.of(settings, clock, () -> ThreadLocalRandom.current().nextDouble()),
        api,
        words,
        new LegacyAnswers(api, words, preset),
        LegacyErrors.of(preset, text),
        text,
        new LegacyQueries(api, words, preset),
        tokens::refusal);
  }

  @Produces
  @Singleton
  Procedures procedures(Bridge bridge, Settings settings, OperatorPreset preset)
      throws IOException {
    SiteFiles files = SiteFiles.here();
    MappingTables tables = MappingTables.load(files);
    TableMapper mapper =
        new TableMapper(
            tables,
            preset,
            Directories.load(files),
            new ConfiguredDefaults(settings),
            JournalPath.temporaryFolder(settings));
    List<Procedure> all =
        new ArrayList<>(
            Procedures.ofOpenApi(
                bridge, mapper, new LegacyFields(tables.rows()), Wiring::withoutTail));
    all.add(new MarketProcedure(bridge, mapper, Wiring::withoutTail));
    return new Procedures(all);
  }

  @Produces
  @Singleton
  LookUps lookUps(Bridge bridge, Procedures procedures) {
    return new LookUps(
        bridge,
        procedures,
        Wiring::withoutTail,
        Map.of("market-status", new StatusLookUp(Wiring::withoutTail)));
  }

  private static String withoutTail(String code) {
    try {
      return MarkingCode.parse(code).withoutTail();
    } catch (MarkingCode.MalformedCodeException notOurs) {
      return code;
    }
  }

  @Produces
  @Singleton
  FailureProgress failures(Bridge bridge) {
    return new FailureProgress(bridge.waits());
  }

  @Produces
  @Singleton
  DropNames dropNames(Settings settings, OperatorPreset preset, Bridge bridge) {
    return new DropNames(settings, preset, bridge.legacyApi(), "");
  }

  @Produces
  @Singleton
  LocalDrop localDrop(Settings settings) {
    return new LocalDrop(settings);
  }

  /**
   * As many requests at once as the site wants, and as many questions about them: there is a thread
   * for each of their {@link Places}.
   */
  @Produces
  @Singleton
  @Named("operatorCalls")
  @Unremovable
  ExecutorService operatorCalls(Settings settings) {
    int most = 2 * (int) settings.number("send.concurrency", 8);
    return new ThreadPoolExecutor(
        0,
        most,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        new ThreadPoolExecutor.CallerRunsPolicy());
  }

  /** Nobody logs in by cookie: what an operator's load balancer sets is thrown away. */
  @Produces
  @Singleton
  @Named("noCookies")
  @Unremovable
  CookieStore noCookies() {
    return new BasicCookieStore() {
      private static final long serialVersionUID = 1L;

      @Override
      public void addCookie(org.apache.hc.client5.http.cookie.Cookie cookie) {}
    };
  }
}
