/**
 * Tables declared once: names, types, units and what every row must meet. It knows nothing of
 * stages or files.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.contract;
