package org.inclusionmaps.operations;

import org.inclusionmaps.error.ErrorCode;

/**
 * How an attempt failed.
 *
 * @param code what kind of thing went wrong
 * @param exitStatus of the process
 * @param message what is wrong; it may hold a value of a feed
 */
public record Ending(ErrorCode code, int exitStatus, String message) {}
