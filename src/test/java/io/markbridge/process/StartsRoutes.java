package io.markbridge.process;

import io.markbridge.step.StartBridge;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import org.apache.camel.quarkus.core.CamelRuntime;

/** Tests in the JVM never run the program's main(): this starts what the command run starts. */
@ApplicationScoped
class StartsRoutes {
  void start(@Observes StartupEvent event, CamelRuntime camel, StartBridge bridge)
      throws IOException {
    bridge.resume();
    camel.start(new String[0]);
  }
}
