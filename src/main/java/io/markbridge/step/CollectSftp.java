package io.markbridge.step;

import io.markbridge.step.SftpListing.Found;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Iterator;
import org.apache.camel.Body;

/** Takes files from an SFTP server into the journal, and only then moves them to done/ there. */
@Named("collectSftp")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class CollectSftp {
  private final SftpSources sources;

  @Inject
  public CollectSftp(SftpSources sources) {
    this.sources = sources;
  }

  /** Ends what waits for the server of a source that does not answer. */
  public void breakIfStuck(@Body String source) {
    sources.source(source).breakIfStuck();
  }

  /** The files of a source, such as {@code sftp:plant}, that are whole now. */
  public Iterator<?> whole(@Body String source) {
    return sources.source(source).whole();
  }

  /** One file that {@link #whole} gave. */
  public void collect(@Body Object file) {
    Found found = (Found) file;
    sources.source(found.source()).collect(found);
  }
}
