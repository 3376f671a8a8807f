package io.markbridge.process;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the field for the folders of the SFTP servers, by the server's name. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface SftpRoots {}
