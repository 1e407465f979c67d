/**
 * Figures to what people read: the report with its maps and charts, the datasheet, and the last
 * lines of a run. It says what figures say, and computes shares and ranks alone.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.publish.report;
