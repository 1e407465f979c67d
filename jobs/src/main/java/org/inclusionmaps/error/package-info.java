/**
 * Error codes that are exit statuses, and the one exception that carries them. It knows nothing
 * else.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.error;
