package io.markbridge.journal;

/**
 * Every commit of the journal: the arrows of the life of a document, and what is done beside them.
 * Each is a place where a process may end; the tests that kill it there go through this list, so
 * that a new commit cannot be forgotten.
 */
public enum JournalCommit {
  STORE_PAYLOAD("storing a payload"),
  APPLY_RETENTION("removing what is no longer kept"),
  FORGET_ARRIVALS("noting that sources are removed"),
  RELEASE_ROWS("beginning the work on rows of an outbox"),
  DISCARD_ROWS("removing rows of an outbox that another bridge has taken"),
  CLAIM_DOCUMENTS("claiming received documents"),
  NOTE("adding to a timeline"),
  GIVE_DOCUMENT_BACK("giving a document back"),
  END_DOCUMENT("ending a document"),
  ANSWER_DOCUMENT("answering a document"),
  NOTE_REPLY("noting a written reply"),
  REPLY_AGAIN("noting a reply that is written again"),
  STORE_CODES("storing codes under way"),
  FORGET_CODES("forgetting codes of documents that ended"),
  LEAVE_TO_OLDER("leaving an older document its turn"),
  END_WAIT("ending the wait for an earlier document"),
  PLAN_DOCUMENT("planning a document"),
  PLAN_CALL("planning a legacy call"),
  CLAIM_SUBMISSIONS("claiming submissions"),
  GIVE_SUBMISSION_BACK("giving a submission back"),
  RECORD_ANSWER("recording an answer"),
  BEGIN_LOOK_UP("beginning to look for what is in doubt"),
  SETTLE_DOUBT("settling what is in doubt"),
  REPLAY("planning a document again"),
  REPLAY_AS_NEW("planning a document as new"),
  REPLAY_AS_DONE("ending a held document"),
  REPLAY_AS_NOT_SENT("sending a submission again"),
  REPLAY_AS_SENT("taking a submission for accepted"),
  RECOVER("recovering the journal"),
  RECOVER_EXPIRED("recovering expired leases"),
  RESTORE("taking a copy of the journal into use"),
  REMEMBER_ORDERS("remembering orders"),
  BEGIN_RECEIVING("receiving a document"),
  REMOVE_RECEIVED("removing what was received"),
  ACCEPT_DOCUMENT("accepting a document"),
  IMPORT_ORDERS("importing orders"),
  GIVE_DOCUMENTS_BACK("giving claimed documents back"),
  RENEW_LIFE("telling that this process is alive"),
  RENEW_LEADS("renewing leads"),
  HAND_OVER("handing over what this process holds"),
  PAUSE("sharing a pause");

  private final String doing;

  JournalCommit(String doing) {
    this.doing = doing;
  }

  /** The point where all is written and nothing is committed. */
  public String before() {
    return "BEFORE_" + name();
  }

  /** The point where all is committed and nobody knows. */
  public String after() {
    return "AFTER_" + name();
  }

  /** What is being done, for messages. */
  public String doing() {
    return doing;
  }
}
