package io.markbridge.step;

import io.markbridge.document.Document;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Iterator;
import org.apache.camel.Body;

/**
 * Writes the legacy answers of documents that came over SFTP; writing one twice changes nothing.
 */
@Named("replySftp")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class ReplySftp {
  private final SftpSources sources;

  @Inject
  public ReplySftp(SftpSources sources) {
    this.sources = sources;
  }

  /** Documents of a source, such as {@code sftp:plant}, whose replies do not tell the newest. */
  public Iterator<Document> due(@Body String source) {
    return sources.source(source).due();
  }

  public void write(@Body Document document) {
    sources.source(document.source()).write(document);
  }
}
