package io.markbridge.process;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same drops, taken by the packaged program. */
@QuarkusIntegrationTest
class FileDropIT extends FileDropTest {}
