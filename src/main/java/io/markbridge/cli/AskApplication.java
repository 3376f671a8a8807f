package io.markbridge.cli;

import io.markbridge.settings.Settings;
import io.markbridge.step.OperatorClient;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import org.apache.camel.quarkus.core.CamelRuntime;

/** Asks the operator one thing and ends. */
public class AskApplication implements QuarkusApplication {
  /** What a command asks. */
  @FunctionalInterface
  public interface Question {
    int ask(OperatorClient client, Settings settings) throws Exception;
  }

  private static Question question;

  private final CamelRuntime camel;
  private final OperatorClient client;
  private final Settings settings;

  @Inject
  public AskApplication(CamelRuntime camel, OperatorClient client, Settings settings) {
    this.camel = camel;
    this.client = client;
    this.settings = settings;
  }

  /** Starts the route to the operator, asks, and ends; gives the exit status. */
  public static int ask(Question asked) {
    question = asked;
    return RunningBridge.ask(AskApplication.class);
  }

  @Override
  public int run(String... arguments) throws Exception {
    camel.start(arguments);
    return question.ask(client, settings);
  }
}
