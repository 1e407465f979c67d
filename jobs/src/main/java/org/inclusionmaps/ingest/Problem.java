package org.inclusionmaps.ingest;

import org.jspecify.annotations.Nullable;

/**
 * Why a row is refused.
 *
 * @param reason in words that are the same for all rows of the same fault
 * @param column the column at fault; null where it is the whole row
 * @param field the column whose rule in the contract is broken; null for any other reason
 * @param value what the feed has there; null where it has nothing
 */
record Problem(
    String reason, @Nullable String column, @Nullable String field, @Nullable Object value) {}
