package io.markbridge.step;

import io.markbridge.procedure.doubt.LookUps;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * Begins to look for requests whose answer was lost; their look-ups are claimed like all others.
 */
@Named("findOutDoubts")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class FindOutDoubts {
  private final LookUps lookUps;

  @Inject
  public FindOutDoubts(LookUps lookUps) {
    this.lookUps = lookUps;
  }

  /** Whatever is in doubt and due. */
  public void begin() {
    lookUps.begin();
  }
}
