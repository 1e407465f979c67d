/**
 * Files on any file system that Hadoop knows: created by one writer alone, replaced in one step,
 * hashed. It knows nothing of what is in them.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.store;
