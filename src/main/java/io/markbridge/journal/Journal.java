package io.markbridge.journal;

import io.markbridge.document.TimeOrderedId;
import java.time.Clock;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The durable store of everything: documents, submissions, payloads, timeline, order memory. Its
 * parts share one database.
 */
public final class Journal {
  private final Database database;
  private final Clock clock;
  private final TimeOrderedId ids;
  private final String owner = UUID.randomUUID().toString();
  private final Chunks chunks;
  private final Documents documents;
  private final Submissions submissions;
  private final OrderFactsStore orderFacts;
  private final Packs packs;
  private final AcceptedCodeStore acceptedCodes;
  private final Doubts doubts;
  private final Replicas replicas;
  private final Leads leads;
  private final PauseStore pauses;

  public Journal(Database database, Clock clock) {
    this(database, clock, System::nanoTime);
  }

  /**
   * @param nanos a time of this process that never jumps, in nanoseconds
   */
  public Journal(Database database, Clock clock, LongSupplier nanos) {
    this.database = database;
    this.clock = clock;
    this.ids = new TimeOrderedId(clock);
    this.chunks = new Chunks(database);
    this.documents = new Documents(this);
    this.submissions = new Submissions(this);
    this.orderFacts = new OrderFactsStore(this);
    this.packs = new Packs(this);
    this.acceptedCodes = new AcceptedCodeStore(database);
    this.doubts = new Doubts(this);
    this.replicas = new Replicas(database, owner, clock, nanos);
    this.leads = new Leads(database, replicas, owner);
    this.pauses = new PauseStore(this);
  }

  public Documents documents() {
    return documents;
  }

  public Submissions submissions() {
    return submissions;
  }

  public Chunks chunks() {
    return chunks;
  }

  public OrderFactsStore orderFacts() {
    return orderFacts;
  }

  public Packs packs() {
    return packs;
  }

  public AcceptedCodeStore acceptedCodes() {
    return acceptedCodes;
  }

  public Doubts doubts() {
    return doubts;
  }

  public Replicas replicas() {
    return replicas;
  }

  public Leads leads() {
    return leads;
  }

  public PauseStore pauses() {
    return pauses;
  }

  public Database database() {
    return database;
  }

  /** This process, as holder of leases. */
  public String owner() {
    return owner;
  }

  public String newId() {
    return ids.next();
  }

  public long now() {
    return clock.millis();
  }
}
